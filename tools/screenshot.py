#!/usr/bin/python3
"""Types a page's session on the keyboard of a machine, and takes the pictures that the page shows.

The page's blocks have lines that begin with the prompt: what stands behind it is typed, key by key,
on the PS/2 keyboard. Where the page shows a picture, one is taken of the screen as it is then. The
machine is the one of `make run`, with a new disk.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "grading")]

from emulator import disks, keyboard, programs, qemu, session, sockets  # noqa: E402
from grader.errors import MachineLost                           # noqa: E402
from grader.machine.qmp import ControlSocket                    # noqa: E402

PAGE = ROOT / "docs" / "07-session.md"
DISK_PROGRAMS = "disk/bin"      # where a build has what is put on the disk
PROMPT = "MicroK> "
PART = re.compile(rf"^{PROMPT}(?P<typed>.+)$|^!\[[^\]]*\]\((?P<picture>[\w-]+\.png)\)",
                  re.MULTILINE)

SCREEN = 0xB8000        # the adapter's memory in mode 3: a character and its colours for each cell
COLUMNS, ROWS = 80, 25

HOLD = 20               # ms that a key is held
POLL = 0.005            # seconds between two looks at what the guest has sent
SETTLED = 0.3           # seconds until the screen shows what the serial line has shown


class Refusal(Exception):
    """What was asked for cannot be done; the message is the one line that says why."""


@dataclass(frozen=True)
class Typist:
    """A person in front of the window of a machine, who also watches the serial line."""

    control: ControlSocket
    line: Path          # what the guest has sent
    limit: float        # seconds that an answer may take

    def type(self, text: str) -> None:
        """Types a line, each key when the one before has been shown, and waits for the prompt."""
        for character in text:
            self._press(character)
        self._press("\r")
        self.wait_for_prompt()

    def wait_for_prompt(self) -> None:
        self._wait(lambda: self.sent().endswith(PROMPT.encode()), "there is no prompt")

    def _press(self, character: str) -> None:
        before = len(self.sent())
        codes = [{"type": "number", "data": code} for code in keyboard.keys_for(character)]
        self.control.execute("send-key", keys=codes, **{"hold-time": HOLD})
        self._wait(lambda: len(self.sent()) > before, f"nothing has come of the key {character!r}")

    def sent(self) -> bytes:
        return self.line.read_bytes()

    def _wait(self, arrived: Callable[[], bool], otherwise: str) -> None:
        give_up = time.monotonic() + self.limit
        while not arrived():
            if time.monotonic() > give_up:
                raise Refusal(f"after {self.limit:.0f} s {otherwise}; the guest has sent:\n"
                              + self.sent().decode(errors="replace"))
            time.sleep(POLL)

    def picture(self, image: Path) -> None:
        """Takes a picture of the screen."""
        time.sleep(SETTLED)
        self.control.execute("screendump", filename=str(image), format="png")

    def text(self, folder: Path) -> str:
        """What stands on the screen: a line for each row, without the blanks at its end."""
        cells = folder / "cells"
        self.control.execute("pmemsave", val=SCREEN, size=2 * COLUMNS * ROWS, filename=str(cells))
        characters = cells.read_bytes()[::2].decode("cp437")
        rows = [characters[at:at + COLUMNS].rstrip() for at in range(0, len(characters), COLUMNS)]
        return "\n".join(rows) + "\n"


@contextlib.contextmanager
def typist(build: Path, folder: Path, limit: float) -> Iterator[Typist]:
    """A machine that has started and waits for its first line."""
    session.require(qemu.PROGRAM)
    for needed in (build / "microk.elf", build / DISK_PROGRAMS):
        if not needed.exists():
            raise Refusal(f"{needed} is missing; `make` builds it")
    disks.make(folder / "disk", build / DISK_PROGRAMS, ROOT / "user/disk")
    machine = qemu.Machine(
        kernel=build / "microk.elf", modules=programs.built(build), disk=folder / "disk",
        serial=qemu.to_file(folder / "serial"), qmp=folder / "qmp")
    with session.background(qemu.command(machine)) as process, \
            contextlib.closing(connect(process, folder / "qmp", limit)) as control:
        person = Typist(control, folder / "serial", limit)
        person.wait_for_prompt()
        yield person


def connect(process: subprocess.Popen, path: Path, limit: float) -> ControlSocket:
    """The control socket of a QEMU that is starting."""
    try:
        return ControlSocket(sockets.connected(path, lambda: process.poll() is not None, limit))
    except OSError as error:
        raise Refusal(f"QEMU did not start: {error}") from error


def take(page: Path, build: Path, out: Path, limit: float, with_text: bool) -> list[Path]:
    """Does what the page says. The pictures that were taken; with_text puts a text of the same name
    beside each, and one of the page's name: what the serial line has shown."""
    parts = list(PART.finditer(page.read_text(encoding="utf-8")))
    if not any(part["picture"] for part in parts):
        raise Refusal(f"{page}: it shows no picture")
    for character in {character for part in parts for character in part["typed"] or ""}:
        keyboard.keys_for(character)
    out.mkdir(parents=True, exist_ok=True)
    taken = []
    with session.private_folder() as folder, typist(build.resolve(), folder, limit) as person:
        for part in parts:
            if part["typed"]:
                person.type(part["typed"])
                continue
            taken.append(out.resolve() / part["picture"])
            person.picture(taken[-1])
            if with_text:
                write(taken[-1].with_suffix(".txt"), person.text(folder))
        if with_text:
            write(out / f"{page.stem}.txt", person.sent().decode().replace("\r", ""))
    return taken


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.
                                     RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path, nargs="?", default=PAGE,
                        help="the page in Markdown (default: docs/07-session.md)")
    parser.add_argument("--build", type=Path, default=Path("build"), metavar="DIR",
                        help="where the kernel and the disk were built (default: build)")
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"), metavar="DIR",
                        help="where the pictures go (default: build/screenshots)")
    parser.add_argument("--text", action="store_true",
                        help="write what stands on the screen beside each picture")
    parser.add_argument("--limit", type=float, default=120, metavar="SECONDS",
                        help="that an answer of the guest may take (default: 120)")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        for image in take(options.page, options.build, options.out, options.limit, options.text):
            print(f"screenshot: {image}")
        return 0
    except (Refusal, MachineLost, ValueError, disks.Refusal, session.ToolMissing) as error:
        print(f"screenshot: {error}", file=sys.stderr)
    except OSError as error:
        print(f"screenshot: {error.filename or 'error'}: {error.strerror or error}",
              file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
