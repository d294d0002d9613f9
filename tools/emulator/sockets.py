"""The unix sockets of a QEMU: it makes them a moment after it starts."""

from __future__ import annotations

import os
import socket
import time
from typing import Callable

POLL = 0.002    # seconds between two attempts


def connected(path: str | os.PathLike[str], is_over: Callable[[], bool],
              limit: float = float("inf")) -> socket.socket:
    """Tries to connect until the socket listens. OSError when it does not before QEMU is over, nor
    within that many seconds."""
    connection = socket.socket(socket.AF_UNIX)
    give_up = time.monotonic() + limit
    while True:
        try:
            connection.connect(os.fspath(path))
            return connection
        except OSError:
            if is_over() or time.monotonic() > give_up:
                connection.close()
                raise
        time.sleep(POLL)
