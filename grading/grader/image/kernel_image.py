"""The kernel and the programs that one build folder holds."""

from __future__ import annotations

from pathlib import Path

from .image import Image

PROGRAMS = "programs"
DEBUG = ".debug"


class KernelImage(Image):
    """One build folder's kernel."""

    def __init__(self, build: Path) -> None:
        super().__init__(build / "microk.elf", build / "microk.debug")


class ProgramImage(Image):
    """One of a build folder's user programs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, path.with_name(path.name + DEBUG))
        self.name = path.name


def program_images(build: Path) -> dict[str, ProgramImage]:
    """A build folder's programs by name; empty where the tree has none."""
    return {path.name: ProgramImage(path) for path in sorted((build / PROGRAMS).glob("*"))
            if path.with_name(path.name + DEBUG).is_file()}


def module_files(build: Path) -> dict[str, bytes]:
    """A build folder's boot modules that are no programs, by name: the tree's own programs need
    them."""
    return {path.name: path.read_bytes() for path in sorted((build / PROGRAMS).glob("*"))
            if path.suffix != DEBUG and not path.with_name(path.name + DEBUG).is_file()}
