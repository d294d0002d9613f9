"""A submission as a list of entries, be it a folder, a .zip or a .tar: nothing is unpacked.

What is refused here is what cannot be listed at all. Whether an entry is taken is decided by
survey.py, by its path, kind and size, before a byte of it is read.
"""

from __future__ import annotations

import enum
import os
import stat
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

ENTRY_LIMIT = 20_000
ARCHIVE_LIMIT = 64 << 20        # bytes of an archive, unpacked, that are gone through
KERNEL = "kernel"
NO_KERNEL = "it has no kernel/ folder, neither at its top nor one folder down"
SKIPPED_FOLDERS = {".git", "build"}


class Refused(Exception):
    """A submission that is not graded; each argument is a sentence that says why."""

    @property
    def reasons(self) -> list[str]:
        """The sentences."""
        return [str(reason) for reason in self.args]


class Kind(enum.Enum):
    """What stands at a path."""

    FILE = "file"
    LINK = "link"
    OTHER = "device or pipe"


@dataclass(frozen=True)
class Entry:
    """One thing of a submission that is not a folder. read(limit) gives at most that much."""

    path: str
    kind: Kind
    size: int
    read: Callable[[int], bytes]


def list_submission(path: Path) -> list[Entry]:
    """Everything in a submission, with paths as the submission has them."""
    if path.is_dir():
        _expect_kernel(path)
        return _bounded(_folder(path))
    try:
        if zipfile.is_zipfile(path):
            return _bounded(_zip(path))
        if path.is_file() and tarfile.is_tarfile(path):
            return _tar(path)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as error:
        raise Refused(f"{path.name} cannot be unpacked: {error}") from error
    raise Refused(f"{path.name} is neither a folder nor a .zip or .tar.gz archive")


def _expect_kernel(root: Path) -> None:
    """Refuses a folder that cannot be a tree, before it is gone through: it may be anything."""
    try:
        below = [path for path in root.iterdir() if path.name not in SKIPPED_FOLDERS]
    except OSError as error:
        raise Refused(f"{root.name} cannot be read: {error.strerror}") from error
    if not any(os.path.lexists(folder / KERNEL) for folder in (root, *below)):
        raise Refused(NO_KERNEL)


def _bounded(entries: Iterator[Entry]) -> list[Entry]:
    listed = []
    for entry in entries:
        listed.append(entry)
        if len(listed) > ENTRY_LIMIT:
            raise Refused(f"it has more than {ENTRY_LIMIT} files")
    return listed


def _folder(root: Path) -> Iterator[Entry]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in sorted(files) + links:
            path = Path(folder, name)
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue        # it has vanished while the folder was gone through
            yield Entry(path.relative_to(root).as_posix(), _kind(status.st_mode), status.st_size,
                        lambda limit, path=path: _read_file(path, limit))


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.OTHER


def _read_file(path: Path, limit: int) -> bytes:
    """Reads a file that was regular a moment ago; a link put in its place is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(limit)


def _zip(path: Path) -> Iterator[Entry]:
    archive = zipfile.ZipFile(path)  # pylint: disable=consider-using-with
    for info in archive.infolist():
        mode = info.external_attr >> 16
        kind = _kind(mode) if stat.S_IFMT(mode) else Kind.FILE
        if not info.is_dir():
            yield Entry(info.filename, kind, info.file_size,
                        lambda limit, info=info: _read_member(archive, info, limit))


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as file:
            return file.read(limit)
    except (RuntimeError, NotImplementedError, OSError, EOFError, zlib.error,
            zipfile.BadZipFile) as error:
        raise Refused(f"{info.filename} cannot be unpacked: {error}") from error


def _tar(path: Path) -> list[Entry]:
    """A compressed tar can only be gone through from its beginning, so small files are kept."""
    entries: list[Entry] = []
    total = 0
    with tarfile.open(path, "r|*") as archive:
        for info in archive:
            total += info.size + tarfile.BLOCKSIZE
            if total > ARCHIVE_LIMIT:
                raise Refused(f"unpacked it has more than {ARCHIVE_LIMIT >> 20} MB")
            if info.isdir():
                continue
            kind = Kind.FILE if info.isreg() else \
                Kind.LINK if info.issym() or info.islnk() else Kind.OTHER
            member = archive.extractfile(info) if info.isreg() else None
            data = member.read() if member else b""
            entries.append(Entry(info.name.removeprefix("./"), kind, info.size,
                                 lambda limit, data=data: data[:limit]))
            if len(entries) > ENTRY_LIMIT:
                raise Refused(f"it has more than {ENTRY_LIMIT} files")
    return entries
