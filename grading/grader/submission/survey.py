"""What of a submission is graded: the files of the exercises, and new sources of the kernel.

Everything else, above all tests, Makefile and linker script, is the kit's own. A file that is not
taken although it was changed is named, so that nobody wonders. What looks like an attempt to reach
outside is refused in words, and then nothing is graded.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Iterable, Optional

from .inclusions import inclusions
from .sources import NO_KERNEL, Entry, Kind, Refused
from .stage_info import StageInfo

SIZE_LIMIT = 1 << 20
NEW_FILES_LIMIT = 200
SOURCE_SUFFIXES = {".c", ".h", ".asm", ".inc"}
KERNEL = "kernel/"
WATCHED = ("kernel/", "tools/", "grading/", "Makefile")  # changes elsewhere need no word

# Names that mean nothing special to make, the shell or the compiler.
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")


@dataclass
class Survey:
    """The files that are taken, and what the student should know about the others."""

    taken: dict[str, bytes] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)    # changed, but not the student's to change
    missing: list[str] = field(default_factory=list)    # an exercise's file that is not there

    def fingerprint(self, stage: StageInfo) -> str:
        """Two submissions with the same fingerprint are graded alike."""
        digest = hashlib.sha256(repr(sorted(stage.files.items())).encode())
        for path, data in sorted(self.taken.items()):
            digest.update(f"\0{path}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()


def survey(entries: Iterable[Entry], stage: StageInfo) -> Survey:
    """Goes through a submission; raises Refused with every reason there is."""
    found = Survey()
    reasons: list[str] = []
    entries = _inside_tree(list(entries))
    concerned = [entry for entry in entries if _concerns_kernel(entry)]
    for entry in concerned:
        reasons += _objections(entry)
    reasons += _clashes([entry.path for entry in concerned], stage)
    if reasons:
        raise Refused(*reasons)
    for entry in entries:
        _judge(entry, stage, found)
    new = [path for path in found.taken if path not in stage.files]
    if len(new) > NEW_FILES_LIMIT:
        raise Refused(f"it adds {len(new)} files to the kernel; {NEW_FILES_LIMIT} are allowed")
    reasons = inclusions(found.taken, [path for path in stage.files if path.startswith(KERNEL)])
    if reasons:
        raise Refused(*reasons)
    found.missing = sorted(stage.exercise_files - set(found.taken))
    return found


def _inside_tree(entries: list[Entry]) -> list[Entry]:
    """The entries with paths from the tree's root on, which may be one folder down."""
    if any((entry.path + "/").startswith(KERNEL) for entry in entries):
        return entries
    roots = sorted({entry.path.split("/")[0] for entry in entries
                    if entry.path.split("/")[1:2] == ["kernel"]})
    if len(roots) != 1:
        raise Refused(NO_KERNEL if not roots else
                      f"it has several trees in it: {', '.join(roots)}")
    prefix = roots[0] + "/"
    return [Entry(entry.path.removeprefix(prefix), entry.kind, entry.size, entry.read)
            for entry in entries if entry.path.startswith(prefix)]


def _concerns_kernel(entry: Entry) -> bool:
    """Whether an entry is a kernel source, or leads somewhere from where one is expected. What
    editors and systems leave about (.DS_Store, .#lock, kernel/x.c~) is nobody's attempt."""
    if _is_hidden(entry.path):
        return False
    if entry.kind is not Kind.FILE:
        return (entry.path + "/").startswith(KERNEL)
    return _is_source(entry.path)


def _is_source(path: str) -> bool:
    return (path.startswith(KERNEL) and PurePosixPath(path).suffix in SOURCE_SUFFIXES
            and not _is_hidden(path))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.split("/"))


def _objections(entry: Entry) -> list[str]:
    """Why a kernel source must not be taken."""
    path = _quoted(entry.path)
    if not all(PLAIN_NAME.fullmatch(part) for part in entry.path.split("/")):
        return [f"{path} has a name that is not allowed: letters, digits and _ . + - only, "
                "and no leading dot or dash"]
    if entry.kind is not Kind.FILE:
        return [f"{path} is a {entry.kind.value}, not a file"]
    if entry.size > SIZE_LIMIT:
        return [f"{path} is larger than {SIZE_LIMIT >> 10} KB"]
    return []


def _judge(entry: Entry, stage: StageInfo, found: Survey) -> None:
    """Takes an entry that passed, or says that a change is not taken."""
    path = entry.path
    if path in stage.exercise_files or _is_source(path) and path not in stage.files:
        data = _content(entry)
        if data is None:
            raise Refused(f"{_quoted(path)} is larger than it says")
        found.taken[path] = data
    elif path in stage.files and path.startswith(WATCHED) and _is_changed(entry, stage):
        found.ignored.append(path)


def _is_changed(entry: Entry, stage: StageInfo) -> bool:
    data = _content(entry) if entry.kind is Kind.FILE and entry.size <= SIZE_LIMIT else None
    return data is None or hashlib.sha256(data).hexdigest() != stage.files[entry.path]


def _content(entry: Entry) -> Optional[bytes]:
    """An entry's bytes; None when there are more than its header says (a forged archive)."""
    try:
        data = entry.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise Refused(f"{_quoted(entry.path)} cannot be read: {error.strerror}") from error
    return data if len(data) <= SIZE_LIMIT else None


def _clashes(paths: list[str], stage: StageInfo) -> list[str]:
    """Paths that come twice, or that need a folder where a file stands."""
    reasons = []
    every = set(paths) | {path for path in stage.files if path.startswith(KERNEL)}
    for path in sorted(set(paths)):
        if paths.count(path) > 1:
            reasons.append(f"{_quoted(path)} is in it twice")
        for parent in PurePosixPath(path).parents:
            if str(parent) in every:
                reasons.append(f"{_quoted(str(parent))} is both a file and a folder")
    return reasons


def _quoted(path: str) -> str:
    """A path that can be printed whatever is in it."""
    return ascii(path) if not path.isprintable() or not path.isascii() else path
