"""The user programs of a stage: their order, their sources, where they are linked."""

import re
from dataclasses import dataclass
from typing import Any, Collection

from .errors import KitError
from .manifest import Stage, newest, origin

NAME = re.compile(r"[a-z][a-z0-9_]*")
NO_PROGRAMS = ("lib", "libc", "bin", "utilities", "generated")  # folders of another meaning
FOLDERS = ("user", "servers", "drivers")
SOURCES = (".c", ".asm")

PAGE = 0x1000
LINK_LIMIT = 1 << 31    # -mcmodel=small: addresses fit into 31 bits


@dataclass(frozen=True)
class Place:
    """Where programs are linked: the first at `base`, each next one `spacing` behind."""

    base: int
    spacing: int


def program_names(stages: tuple[Stage, ...]) -> list[str]:
    """The programs that there are after these stages, in the order in which they are loaded."""
    names: list[str] = []
    for stage in stages:
        for name in stage.programs_leave:
            if name not in names:
                raise KitError(f"{stage.manifest}: program {name} leaves, "
                               "but no earlier stage has it")
            names.remove(name)
        add(names, stage.programs, stage, "there")
    return names


def disk_program_names(stages: tuple[Stage, ...]) -> list[str]:
    """The programs that are files of the disk, after these stages."""
    names: list[str] = []
    for stage in stages:
        add(names, stage.disk_programs, stage, "on the disk")
    return names


def add(names: list[str], added: Collection[str], stage: Stage, where: str) -> None:
    """Appends a stage's programs to those of earlier ones."""
    for name in added:
        refuse_malformed(name, stage)
        if name in names:
            raise KitError(f"{stage.manifest}: program {name} is {where} twice")
        names.append(name)


def refuse_malformed(name: Any, stage: Stage) -> None:
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in NO_PROGRAMS:
        raise KitError(f"{stage.manifest}: {name!r} is no name of a program; one is like echo, "
                       f"and none is {', '.join(NO_PROGRAMS)}")


def link_place(stages: tuple[Stage, ...], count: int) -> Place:
    """Where `count` programs are linked; the newest stage's words count."""
    place = Place(*(newest(stages, key) for key in ("program_base", "program_spacing")))
    where = stages[-1].manifest
    if place.base < PAGE or place.base % PAGE or place.spacing < 0 or place.spacing % PAGE:
        raise KitError(f"{where}: programs are linked at {place.base:#x} and every "
                       f"{place.spacing:#x} from there; both have to be multiples of {PAGE:#x}")
    if place.base + count * place.spacing > LINK_LIMIT:
        raise KitError(f"{where}: {count} programs from {place.base:#x} on, every "
                       f"{place.spacing:#x}, do not fit below {LINK_LIMIT:#x}")
    return place


def source_of(name: str, paths: Collection[str], files: str = "user/bin") -> str:
    """The folder (or the one file, in the folder `files`) that a program is made of, in a tree of
    these paths."""
    folders = [f"{folder}/{name}" for folder in FOLDERS]
    found = [folder for folder in folders
             if any(path.startswith(f"{folder}/") and path.endswith(SOURCES) for path in paths)]
    file = f"{files}/{name}.c"
    found += [file] if file in paths else []
    if len(found) != 1:
        places = ", ".join([*(f"{each}/" for each in folders), file])
        where = " and ".join(found) or f"none of {places}"
        raise KitError(f"program {name} has to have its sources in one place; it has {where}")
    return found[0]


def program_files(stages: tuple[Stage, ...], paths: Collection[str]) -> dict[str, str]:
    """The generated files by their paths; none before the first stage with a program."""
    names = program_names(stages)
    if not names:
        return {}
    place = link_place(stages, len(names))
    sources = "".join(f"SOURCE_{name} := {source_of(name, paths)}\n" for name in names)
    return {"user/generated/programs.mk": (
        f"# {origin(stages)}\n\n"
        "# In the order in which they are loaded: the kernel starts the first one.\n"
        f"PROGRAMS := {' '.join(names)}\n\n"
        "# Where the first one is linked, and how far behind each next one.\n"
        f"PROGRAM_BASE := {place.base:#x}\nPROGRAM_SPACING := {place.spacing:#x}\n\n"
        f"# What each is made of: the sources of a folder, or one file.\n{sources}"
        f"{disk_part(stages, paths)}")}


def disk_part(stages: tuple[Stage, ...], paths: Collection[str]) -> str:
    """What the generated file says of the programs on the disk; nothing if there are none."""
    names = disk_program_names(stages)
    sources = "".join(f"DISK_SOURCE_{name} := {source_of(name, paths, 'user/utilities')}\n"
                      for name in names)
    return (f"\n# The same of those that are files on the disk, in /bin.\n"
            f"DISK_PROGRAMS := {' '.join(names)}\n{sources}") if names else ""
