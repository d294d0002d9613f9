"""Programs of the host, made of sources of the tree, that sanitizers watch."""

from pathlib import Path

from support import run

FLAGS = ("-std=c11", "-D_GNU_SOURCE", "-O1", "-g", "-Wall", "-Wextra", "-Werror",
         "-fsanitize=address,undefined", "-fno-sanitize-recover=all")


def compile_or_link(compiler: str, *words: str | Path) -> None:
    """Runs a compiler; a warning is an error, but with -w."""
    done = run(compiler, *FLAGS, *words)
    if done.returncode:
        raise AssertionError(done.stderr)
