#!/usr/bin/python3
"""Makes the disk: an ext2 image with the programs in /bin, and keeps it up to date.

An image that is there keeps what its user has put on it: only programs in /bin that have changed
are replaced. Before that it is checked. What a machine that was switched off has left behind is
mended; an image that cannot be mended, or that is none of ours, is left as it is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))

from emulator import disks, session     # noqa: E402


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("image", type=Path, help="the image; it is made if it is not there")
    parser.add_argument("--programs", type=Path, required=True, metavar="DIR",
                        help="the programs: all files of this folder, for /bin")
    parser.add_argument("--files", type=Path, metavar="DIR",
                        help="what else is on a new disk: this folder's files")
    parser.add_argument("--new", action="store_true",
                        help="make a new one in the place of what is there")
    parser.add_argument("--megabytes", type=int, default=disks.MEGABYTES, metavar="N",
                        help=f"size of a new one (default: {disks.MEGABYTES})")
    parser.add_argument("--block-size", type=int, default=disks.BLOCK_SIZE, metavar="BYTES",
                        choices=disks.BLOCK_SIZES, help="of a new one: 1024, 2048 or 4096")
    return parser.parse_args(arguments)


def serve(options: argparse.Namespace) -> None:
    """Makes the image, or brings its programs up to date."""
    if options.new or not options.image.exists():
        disks.make(options.image, options.programs, options.files, options.megabytes,
                   options.block_size)
        return
    for note in disks.refresh(options.image, options.programs):
        print(f"disk: {note}", file=sys.stderr)


def main(arguments: list[str]) -> int:
    """Serve the command; errors are one line."""
    try:
        serve(parse(arguments))
    except (disks.Refusal, session.ToolMissing) as error:
        print(f"disk: {error}", file=sys.stderr)
    except OSError as error:
        print(f"disk: {error.filename or 'error'}: {error.strerror or error}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
