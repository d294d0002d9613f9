"""The script's side of the VFS server on the host: host/host.h describes the lines.

    with Server(binary, disks=[image]) as server:
        client = server.client(5)
        descriptor = client.open("/file", O_RDWR | O_CREAT).value
        client.write(descriptor, b"text")
        later = client.send(READ, [descriptor, 10, CURRENT])   # does not wait for the answer
        server.go()                         # lets all loose; later.answer is set

Every call gives an Answer: `error` is an error number, `value` the answer's first word.
"""

import os
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Iterator

(OPEN, CLOSE, READ, WRITE, SEEK, STAT, FSTAT, MKDIR, RMDIR, UNLINK, LINK, SYMLINK, READLINK, RENAME,
 TRUNCATE, FTRUNCATE, READDIR, FSYNC, SYNC, DUP, DUP2, CHDIR, GETCWD, PIPE, CONTROL, MOUNT, UNMOUNT,
 STATFS, CHMOD, UTIME, BEGIN, PASS, ATTACH, NEXT, UMASK) = range(1, 36)

DATA_MAX = 4032
CURRENT = 2**64 - 1
WORDS = 6
STATUS = struct.Struct("<QQIIQQQQQQ")
ENTRY = struct.Struct("<QHBB")
SYSTEM_STATUS = struct.Struct("<QQQQQ16s48s64sQ")


@dataclass
class Answer:
    """What the server has answered."""

    error: int
    words: list[int]
    data: bytes

    @property
    def value(self) -> int:
        return self.words[0]

    def named(self) -> str:
        return os.strerror(self.error) if self.error else "ok"


@dataclass
class Status:
    """struct file_status."""

    device: int
    inode: int
    mode: int
    links: int
    size: int
    blocks: int
    block_size: int
    accessed: int
    modified: int
    changed: int


@dataclass
class Pending:
    """A request that has been sent; its answer comes with some Server.go()."""

    client: int
    serial: int
    answer: Answer | None = None


class ServerEnded(Exception):
    """The server is gone, which it must never be."""


class Server:
    """The server, as a process of the host."""

    def __init__(self, binary: str | Path, disks: list[str | Path] | None = None,
                 seed: int = 1) -> None:
        self.process = subprocess.Popen(
            [str(binary), "-s", str(seed), *map(str, disks or [])], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.serial = 0
        self.waiting: dict[int, Pending] = {}
        self.printed: list[str] = []
        self.signalled: list[int] = []
        self.lines: list[str] = []
        self.read_answers()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def quit(self) -> None:
        """Ends the server; what the sanitizers have to say is an error."""
        output, errors = self.process.communicate(b"q\n", timeout=60)
        if self.process.returncode != 0 or errors:
            raise ServerEnded(errors.decode(errors="replace"))

    def client(self, number: int) -> "Client":
        return Client(self, number)

    def say(self, line: str) -> None:
        """Adds a line to those that the next go() lets loose."""
        self.lines.append(line)

    def send(self, client: int, label: int, words: list[int], data: bytes = b"",
             notification: int = 0, wants_answer: bool = True) -> Pending:
        """Adds a request."""
        self.serial += 1
        pending = Pending(client, self.serial)
        numbers = [client, self.serial, label, *(word % 2**64 for word in words)]
        numbers += [0] * (3 + WORDS - len(numbers))
        self.say(" ".join([">" if wants_answer else ">>", *map(str, numbers), data.hex() or "-",
                           *([str(notification)] if notification else [])]))
        if wants_answer:
            self.waiting[self.serial] = pending
        return pending

    def go(self) -> None:
        """Lets everything loose, until the server waits."""
        text = "\n".join([*self.lines, ".\n"])
        self.lines = []
        try:
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        self.read_answers()

    def read_answers(self) -> None:
        while True:
            line = self.process.stdout.readline().decode()
            if not line:
                said = self.process.stderr.read().decode(errors="replace")
                raise ServerEnded("\n".join([*self.printed, said]))
            if line[0] == ".":
                return
            if line[0] == "#":
                self.printed.append(line[2:].rstrip())
            elif line[0] == "n":
                self.signalled.append(int(line[2:]))
            else:
                self.take_answer(line.split())

    def take_answer(self, parts: list[str]) -> None:
        pending = self.waiting.pop(int(parts[2]), None)
        if pending is None:
            return          # it came before somebody did not want it any more
        data = b"" if parts[10] == "-" else bytes.fromhex(parts[10])
        pending.answer = Answer(int(parts[3]), list(map(int, parts[4:10])), data)

    def end(self, client: int) -> None:
        """A process ends."""
        self.say(f"! {client}")
        for serial in [each for each, one in self.waiting.items() if one.client == client]:
            del self.waiting[serial]

    def pass_time(self, milliseconds: int) -> None:
        self.say(f"t {milliseconds}")
        self.go()


class Client:
    """A process that uses the server. Paths may be str or bytes."""

    def __init__(self, server: Server, number: int) -> None:
        self.server = server
        self.number = number

    def send(self, label: int, words: list[int], data: bytes = b"",
             notification: int = 0) -> Pending:
        return self.server.send(self.number, label, words, data, notification)

    def call(self, label: int, words: list[int], data: bytes = b"",
             notification: int = 0) -> Answer:
        pending = self.send(label, words, data, notification)
        self.server.go()
        if pending.answer is None:
            raise AssertionError(f"request {label} of client {self.number} has no answer yet")
        return pending.answer

    def by_path(self, label: int, path: str | bytes, *words: int) -> Answer:
        data = os.fsencode(path)
        return self.call(label, [len(data), *words], data)

    def by_paths(self, label: int, *paths: str | bytes, flags: int = 0) -> Answer:
        data = [os.fsencode(path) for path in paths]
        return self.call(label, [*map(len, data), flags], b"".join(data))

    def open(self, path: str | bytes, flags: int = 0, mode: int = 0o644) -> Answer:
        return self.by_path(OPEN, path, flags, mode)

    def close(self, descriptor: int) -> Answer:
        return self.call(CLOSE, [descriptor])

    def read(self, descriptor: int, size: int, offset: int = CURRENT) -> Answer:
        answer = self.call(READ, [descriptor, size, offset])
        answer.data = answer.data[:answer.value]
        return answer

    def write(self, descriptor: int, data: bytes, offset: int = CURRENT) -> Answer:
        return self.call(WRITE, [descriptor, len(data), offset], data)

    def seek(self, descriptor: int, offset: int, whence: int) -> Answer:
        return self.call(SEEK, [descriptor, offset, whence])

    def stat(self, path: str | bytes, link: bool = False) -> Answer:
        return self.by_path(STAT, path, int(link))

    def fstat(self, descriptor: int) -> Answer:
        return self.call(FSTAT, [descriptor])

    def readlink(self, path: str | bytes) -> Answer:
        answer = self.by_path(READLINK, path)
        answer.data = answer.data[:answer.value]
        return answer

    def getcwd(self) -> Answer:
        answer = self.call(GETCWD, [])
        answer.data = answer.data[:answer.value]
        return answer

    def readdir(self, descriptor: int) -> tuple[int, list[tuple[str, int, int]]]:
        """Reads a directory to its end. @return error, and name, inode and kind of each entry"""
        entries = []
        while True:
            answer = self.call(READDIR, [descriptor])
            if answer.error or answer.value == 0:
                return answer.error, entries
            entries += split_entries(answer.data[:answer.value])

    def listdir(self, path: str | bytes) -> tuple[int, list[str]]:
        opened = self.open(path, os.O_DIRECTORY)
        if opened.error:
            return opened.error, []
        error, entries = self.readdir(opened.value)
        self.close(opened.value)
        return error, sorted(name for name, _, _ in entries)

    def mount(self, source: str, where: str, kind: str, flags: int = 0) -> Answer:
        return self.by_paths(MOUNT, source, where, kind, flags=flags)


def split_entries(data: bytes) -> Iterator[tuple[str, int, int]]:
    """The entries of an answer to READDIR."""
    while data:
        inode, size, kind, length = ENTRY.unpack_from(data)
        yield os.fsdecode(data[ENTRY.size:ENTRY.size + length]), inode, kind
        data = data[size:]


def status_of(answer: Answer) -> Status:
    """The status in an answer to STAT or FSTAT."""
    return Status(*STATUS.unpack_from(answer.data))
