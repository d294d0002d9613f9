"""Starting QEMU, with everything that belongs to one machine in a private folder.

The kernel's file, the sockets and what the guest prints live there, so machines of any number of
graders run side by side, and nothing depends on a fixed port.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Optional, Sequence

from emulator import qemu, sockets

from ..errors import InfrastructureError, MachineLost
from .processes import Child
from .qmp import ControlSocket
from .ram import GuestRam, SharedMemory
from .rsp import DebuggerStub

START_TIMEOUT = 60.0    # seconds for QEMU to answer at all, on a very busy host
SOCKET_PATH_LIMIT = 80  # a unix socket's path has room for 107 bytes

# Guest time starts here, and follows the guest's instructions instead of the host's clock.
CLOCK = ("-rtc", "clock=vm,base=2000-01-01T00:00:00")

Modules = Sequence[tuple[str, bytes]]   # name and content of each file that is loaded besides


class Emulator:
    """One QEMU and the ways into it: `control`, `stub` and `ram`. It waits before the guest's first
    instruction until the stub lets it run."""

    control: ControlSocket
    stub: DebuggerStub
    ram: GuestRam

    def __init__(self, kernel: bytes, command_line: str, memory_mb: int,
                 modules: Modules = (), disk: Optional[bytes] = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="microk-", dir=_short_folder()))
        self.child: Optional[Child] = None
        self._closing = contextlib.ExitStack()
        self._closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self._start(kernel, command_line, memory_mb, modules, disk)
        except MachineLost as error:
            words = self.last_words(str(error))
            self.close()
            raise MachineLost(words) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends QEMU and removes everything that belonged to it."""
        self._closing.close()

    def output_size(self) -> int:
        """How many bytes the guest has written to both ports."""
        return sum((self.folder / name).stat().st_size for name in ("serial", "debug"))

    def written(self, name: str, limit: int) -> bytes:
        """What the guest has written to the port "serial" or "debug"."""
        with (self.folder / name).open("rb") as file:
            return file.read(limit)

    def disk(self) -> Optional[bytes]:
        """What the disk holds; None without one."""
        file = self.folder / "disk"
        return file.read_bytes() if file.exists() else None

    def last_words(self, otherwise: str) -> str:
        """What a QEMU that ended said last; it explains more than a broken socket."""
        status = self.child.wait(1.0) if self.child else None
        if status is None:
            return otherwise
        lines = (self.folder / "errors").read_text(errors="replace").strip().splitlines()
        return f"QEMU ended with status {status}: {lines[-1] if lines else otherwise}"

    def _start(self, kernel: bytes, command_line: str, memory_mb: int, modules: Modules,
               disk: Optional[bytes]) -> None:
        (self.folder / "kernel").write_bytes(kernel)
        if disk is not None:
            (self.folder / "disk").write_bytes(disk)
        memory = self._closing.enter_context(contextlib.closing(SharedMemory(memory_mb << 20)))
        command = _without_exit_port(qemu.command(qemu.Machine(
            kernel=self.folder / "kernel", command_line=command_line,
            modules=write_modules(modules, self.folder / "modules"), memory=f"{memory_mb}M",
            serial=qemu.to_file(self.folder / "serial"),
            debug_port=qemu.to_file(self.folder / "debug"),
            qmp=self.folder / "qmp", gdb=self.folder / "gdb", stopped=True, icount=True,
            disk=None if disk is None else self.folder / "disk",
            ram_file=memory.path, pause_at_end=True, extra=CLOCK)))
        if shutil.which(command[0]) is None:
            raise InfrastructureError(f"{command[0]} is not installed: run 'make doctor'")
        with (self.folder / "errors").open("wb") as errors:
            self.child = child = Child(command, stdout=errors, stderr=errors)
        self._closing.callback(child.kill)
        self.control = self._closing.enter_context(
            contextlib.closing(ControlSocket(self._connect(child, "qmp"))))
        self.stub = self._closing.enter_context(
            contextlib.closing(DebuggerStub(self._connect(child, "gdb"))))
        self.ram = self._closing.enter_context(contextlib.closing(memory.map()))

    def _connect(self, child: Child, name: str) -> socket.socket:
        """Tries until QEMU listens or is gone."""
        try:
            return sockets.connected(self.folder / name, lambda: child.status() is not None,
                                     START_TIMEOUT)
        except OSError as error:
            raise MachineLost(f"QEMU did not start: {error}") from error


def write_modules(modules: Modules, folder: Path) -> tuple[Path, ...]:
    """Writes each module into a file of its name, by which the kernel knows it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in modules:
        (folder / name).write_bytes(content)
    return tuple(folder / name for name, _ in modules)


def _short_folder() -> Optional[str]:
    """Where the private folder goes: the usual place, unless its path is too long for sockets."""
    return None if len(tempfile.gettempdir()) < SOCKET_PATH_LIMIT else "/tmp"


def _without_exit_port(command: list[str]) -> list[str]:
    """A graded machine has no port that ends QEMU: it has to stay for inspection."""
    kept = list(command)
    for index, word in enumerate(command):
        if word.startswith("isa-debug-exit"):
            del kept[index - 1:index + 1]
    return kept
