"""When the VFS server and Linux mean the same, although they tell different errors.

Linux differs from POSIX in places, and where a request is wrong twice POSIX leaves free which error
is told.
"""

import errno

NAME_MAX = 255
OF_SLASHES = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP)


def agree(what: str, mine: int, host: int, paths: tuple[str, ...]) -> bool:
    """Whether both errors mean the same. Where a path is wrong twice, either may be told."""
    operation = what.split()[1].partition("(")[0] if " " in what else what
    if mine == host:
        return True
    if not mine or not host:
        return False
    if any(len(name) > NAME_MAX for path in paths for name in path.split("/")):
        return errno.ENAMETOOLONG in (mine, host)
    if (mine, host) == (errno.ENAMETOOLONG, errno.ELOOP):
        return True         # a link that leads to itself and something more
    if operation == "unlink" and (mine, host) == (errno.EPERM, errno.EISDIR):
        return True         # POSIX has EPERM
    if operation == "rename" and (mine, host) == (errno.EISDIR, errno.ENOTEMPTY):
        return True         # a file over the directory that it is in
    if operation == "rename" and (mine, host) == (errno.EINVAL, errno.EBUSY):
        return any(path.rstrip("/").split("/")[-1] in (".", "..") for path in paths)
    if operation == "open" and host == errno.EISDIR and mine in OF_SLASHES:
        return True         # O_CREAT and a slash at the end, maybe of a link's target
    return False
