"""Error numbers by name, as in user/libc/errno.h."""

from __future__ import annotations

OK = 0
ENOENT, EINTR, EIO, EBADF, ENOMEM, EEXIST, EINVAL, EMFILE = 2, 4, 5, 9, 12, 17, 22, 24
EFBIG, ENOSPC, ESPIPE, EPIPE, ENOTEMPTY, EOVERFLOW = 27, 28, 29, 32, 39, 75

NAMES = {OK: "0", ENOENT: "ENOENT", EINTR: "EINTR", EIO: "EIO", EBADF: "EBADF", ENOMEM: "ENOMEM",
         EEXIST: "EEXIST", EINVAL: "EINVAL", EMFILE: "EMFILE", EFBIG: "EFBIG", ENOSPC: "ENOSPC",
         ESPIPE: "ESPIPE", EPIPE: "EPIPE", ENOTEMPTY: "ENOTEMPTY", EOVERFLOW: "EOVERFLOW"}

WORD = 1 << 64
HALF = 1 << 63
MOST = HALF - 1     # INT64_MAX


def signed(word: int) -> int:
    """64 bits as a signed number."""
    word %= WORD
    return word - WORD if word & HALF else word


def error_text(number: int) -> str:
    """An error number's name."""
    number = signed(number)
    return NAMES.get(number) or (f"-{NAMES[-number]}" if -number in NAMES else str(number))
