"""Git for the tests: repositories as a student or an instructor has them."""

import subprocess
from pathlib import Path

from support import write_files

from stagetool.course import clean_environment

PERSON = {"user.name": "A Student", "user.email": "student@example.org", "merge.renames": "true"}


def git(folder: Path, *words: str | Path, may_fail: bool = False) -> str:
    """Runs git in a repository and returns what it prints."""
    settings = [word for key, value in PERSON.items() for word in ("-c", f"{key}={value}")]
    command = ["git", *settings, "-C", str(folder), *map(str, words)]
    done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True,
                          check=False)
    if done.returncode != 0 and not may_fail:
        raise AssertionError(f"git {words[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def references(folder: Path) -> dict[str, str]:
    """Every ref of a repository with what it points at."""
    lines = git(folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split() for line in lines)


def objects(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Every object of a repository, reachable or not: its type and, of a blob, its bytes."""
    listing = git(folder, "cat-file", "--batch-all-objects", "--batch-check").splitlines()
    kinds = {name: kind for name, kind, _ in map(str.split, listing)}
    found = {}
    for name, data in blob_contents(folder, [name for name in kinds if kinds[name] == "blob"]):
        found[name] = ("blob", data)
    return {name: found.get(name, (kind, b"")) for name, kind in kinds.items()}


def object_paths(folder: Path) -> dict[str, str]:
    """The path of every file that a branch reaches, by its object's name."""
    lines = git(folder, "rev-list", "--objects", "--branches").splitlines()
    return dict(line.split(" ", 1) for line in lines if " " in line)


def blob_contents(folder: Path, names: list[str]) -> list[tuple[str, bytes]]:
    done = subprocess.run(["git", "-C", str(folder), "cat-file", "--batch"], check=True,
                          env=clean_environment(), input="\n".join(names).encode(),
                          capture_output=True)
    contents, place = [], 0
    while place < len(done.stdout):
        line_end = done.stdout.index(b"\n", place)
        name, _, size = done.stdout[place:line_end].decode().split()
        contents.append((name, done.stdout[line_end + 1:line_end + 1 + int(size)]))
        place = line_end + 1 + int(size) + 1
    return contents


def commit(folder: Path, files: dict[str, str], message: str) -> None:
    """A student's commit."""
    write_files(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def merge_conflicts(folder: Path, branch: str) -> list[str]:
    """Merges a branch; returns the files that did not merge."""
    git(folder, "merge", "--quiet", "--no-edit", branch, may_fail=True)
    return git(folder, "diff", "--name-only", "--diff-filter=U").splitlines()
