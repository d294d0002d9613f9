#!/usr/bin/python3
"""Makes the bootable CD: GRUB, the kernel, its command line and the programs loaded with it."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GRUB = "grub-mkrescue"
GRUB_MODULES = "normal biosdisk iso9660 multiboot configfile"    # all that this boot needs
PLATFORM = Path("/usr/lib/grub/i386-pc")    # without a choice GRUB adds every platform it has
PROGRAMS = "boot/programs"      # the modules' folder on the CD

CONFIGURATION = """\
set timeout=0
set default=0
menuentry "MicroK" {{
    multiboot /boot/microk.elf {arguments}
{modules}    boot
}}
"""


def grub_word(word: str) -> str:
    """One word of the command line as GRUB's shell has to see it."""
    return "'" + word.replace("'", "'\\''") + "'"


def configuration(arguments: str, modules: list[Path]) -> str:
    """GRUB's menu: one entry, started at once. A module gets its name as its string: GRUB leaves
    out the path."""
    lines = [f"    module /{PROGRAMS}/{path.name} {path.name}\n" for path in modules]
    return CONFIGURATION.format(arguments=" ".join(map(grub_word, arguments.split())),
                                modules="".join(lines))


def make_image(kernel: Path, iso: Path, arguments: str, modules: list[Path]) -> None:
    """Writes the ISO beside its final name first, so that a failure leaves none behind."""
    with tempfile.TemporaryDirectory(prefix="microk-iso-") as folder:
        boot = Path(folder, "boot")
        (boot / "grub").mkdir(parents=True)
        shutil.copyfile(kernel, boot / "microk.elf")
        Path(folder, PROGRAMS).mkdir()
        for module in modules:
            shutil.copyfile(module, Path(folder, PROGRAMS, module.name))
        (boot / "grub" / "grub.cfg").write_text(configuration(arguments, modules))
        platform = [f"--directory={PLATFORM}"] if PLATFORM.is_dir() else []
        unfinished = iso.with_name(iso.name + ".unfinished")
        subprocess.run(
            [GRUB, f"--install-modules={GRUB_MODULES}", "--locales=", "--fonts=", "--themes=",
             *platform, "-o", str(unfinished), folder],
            check=True, capture_output=True, text=True)
        unfinished.replace(iso)


def main() -> int:
    """Parse the command line and make the image."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernel", type=Path, required=True)
    parser.add_argument("--iso", type=Path, required=True)
    parser.add_argument("--args", default="", help="the kernel's command line")
    parser.add_argument("--modules", type=Path, nargs="*", default=[], metavar="PROGRAM",
                        help="what is loaded with the kernel, in this order")
    options = parser.parse_args()
    try:
        make_image(options.kernel, options.iso, options.args, options.modules)
    except FileNotFoundError as error:
        print(f"image: {error.filename}: not found; `make doctor` tells what to install",
              file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"image: {GRUB} failed: {reason}; `make doctor` tells what may be missing",
              file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
