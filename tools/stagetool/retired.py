"""Files that retire: the kernel is built without them from a stage on, but they stay in the trees.

A file that holds an exercise must not leave: git would meet a student's work in it with a
conflict. When the kernel has outgrown such a file, it retires. In the trees it stays where it is,
word for word; in the kit it stands under the folder of the stage that it first appears in, as
files do that leave, so that `kernel/` is the finished system alone.
"""

from typing import Collection

from .errors import KitError
from .manifest import Stage

FOLDER = "kernel/"      # a user program is built no more as soon as its name leaves


def retired_files(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """What has retired in these stages, and in which of them."""
    retired: dict[str, Stage] = {}
    for stage in stages:
        for path in stage.retires:
            if not path.startswith(FOLDER):
                raise KitError(f"{stage.manifest}: {path} retires, but only files of {FOLDER} do")
            if path in retired:
                raise KitError(f"{stage.manifest}: {path} retires twice "
                               f"(also in {retired[path].name})")
            retired[path] = stage
    return retired


def list_files(stages: tuple[Stage, ...]) -> dict[str, str]:
    """The generated file by its path: a retired file in each line. None before the first one."""
    retired = retired_files(stages)
    if not retired:
        return {}
    return {"kernel/generated/retired.list": "".join(f"{path}\n" for path in sorted(retired))}


def refuse_finished(retired: Collection[str], claims: Collection[str]) -> None:
    """What retires is no part of the finished system."""
    for path in retired:
        if path in claims:
            raise KitError(f"{path} retires, so it has to stand in the folder of the stage that it "
                           "first appears in, and no manifest may list it")


def refuse_retiring(stage: Stage, tree: Collection[str]) -> None:
    """Compares what retires in a stage with the tree of the stage before."""
    for path in stage.retires:
        if path not in tree:
            raise KitError(f"{stage.manifest}: {path} retires, but no earlier stage has it")


def refuse_leaving(stage: Stage, retired: Collection[str], gone: Collection[str]) -> None:
    """What retires stays in the trees: that is all that it is for."""
    for path in gone:
        if path in retired:
            raise KitError(f"{stage.manifest}: {path} leaves, but it retires, and so has to stay")


def refuse_change(stage: Stage, retired: Collection[str], variants: Collection[str]) -> None:
    """What has retired stays as it was."""
    for path in variants:
        if path in retired:
            raise KitError(f"stages/{stage.name}/{path} is a variant of a file that has retired, "
                           "and so has to stay as it was")
