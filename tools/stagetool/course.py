"""All trees into two git repositories.

    instructor   stage/NN-name   solved; each one commit on the one before
                 lab/NN-name     starters; each one commit on the one before, with the exercises of
                                 earlier labs left as stubs
                 fresh/NN-name   lab/NN with the earlier labs solved, one commit on lab/NN: for
                                 somebody who joins late
    student      lab/NN-name     the same commits, in a repository of its own: it was never told
                                 a solution, so none can be dug out of it

Authors and dates come from the kit's own newest commit, so the same kit gives the same hashes.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import KitError
from .export import appearing_whole, is_empty
from .layout import Layout
from .manifest import Stage
from .tree import FRESH, SOLVED, UNSOLVED, File, Tree, build_tree, check_exercises

UNKNOWN_AUTHOR = "MicroK <microk@localhost> 0 +0000"

# Nothing of what a person has configured may change a repository that we write.
CONFIGURATION = {"core.autocrlf": "false", "core.fileMode": "true", "commit.gpgSign": "false",
                 "gc.auto": "0", "safe.directory": "*", "advice.detachedHead": "false"}


@dataclass(frozen=True)
class Commit:
    """A tree on a branch. `parent` is the branch whose tip it stands on; a commit without a
    tree adds nothing: the branch then has the same tip as its parent."""

    branch: str
    parent: str | None
    message: str
    tree: Tree | None


def write_course(layout: Layout, out: Path) -> None:
    """Writes both repositories into `out`, or nothing."""
    if not is_empty(out):
        raise KitError(f"{out} is not empty; a course is written to a new directory")
    check_exercises(layout)
    stages = layout.kit.stages
    labs = tuple(stage for stage in stages if stage.exercises)
    author = head_author(layout.kit.root)
    starters = lab_commits(layout, labs)
    solved = stage_commits(layout, stages)
    fresh = fresh_commits(layout, labs)
    with appearing_whole(out) as partial:
        write_repository(partial / "instructor", solved + starters + fresh, author,
                         default=solved[-1].branch)
        if starters:
            write_repository(partial / "student", starters, author, default=starters[0].branch)


def stage_commits(layout: Layout, stages: tuple[Stage, ...]) -> list[Commit]:
    return chain("stage", stages, [build_tree(layout, stage, SOLVED) for stage in stages])


def lab_commits(layout: Layout, labs: tuple[Stage, ...]) -> list[Commit]:
    return chain("lab", labs, [build_tree(layout, stage, UNSOLVED) for stage in labs])


def chain(kind: str, stages: tuple[Stage, ...], trees: list[Tree]) -> list[Commit]:
    """Branches of which each stands on the one before."""
    parents = [None, *(f"{kind}/{stage.name}" for stage in stages)]
    return [Commit(f"{kind}/{stage.name}", parent, message(kind, stage), tree)
            for stage, parent, tree in zip(stages, parents, trees)]


def fresh_commits(layout: Layout, labs: tuple[Stage, ...]) -> list[Commit]:
    commits = []
    for stage in labs:
        earlier = stage != labs[0]
        text = f"lab {stage.label}: solutions of the earlier labs\n"
        commits.append(Commit(f"fresh/{stage.name}", f"lab/{stage.name}", text,
                              build_tree(layout, stage, FRESH) if earlier else None))
    return commits


def message(kind: str, stage: Stage) -> str:
    return f"{kind} {stage.label}: {stage.title}\n\n{stage.summary}\n"


def write_repository(folder: Path, commits: list[Commit], author: str, default: str) -> None:
    """A repository with these branches and nothing else, `default` checked out."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--template=", f"--initial-branch={default}")
    git(folder, "fast-import", "--quiet", feed=import_stream(commits, author))
    git(folder, "reset", "--quiet", "--hard")


def import_stream(commits: list[Commit], author: str) -> bytes:
    """The commits in the language of git fast-import."""
    stream = bytearray()
    for commit in commits:
        parent = f"from refs/heads/{commit.parent}\n" if commit.parent else ""
        if commit.tree is None:
            stream += f"reset refs/heads/{commit.branch}\n{parent}\n".encode()
            continue
        stream += f"commit refs/heads/{commit.branch}\ncommitter {author}\n".encode()
        stream += counted(commit.message.encode()) + parent.encode() + b"deleteall\n"
        for path, file in commit.tree.files.items():
            stream += change(path, file)
    return bytes(stream) + b"done\n"


def change(path: str, file: File) -> bytes:
    mode = "100755" if file.executable else "100644"
    return f"M {mode} inline {path}\n".encode() + counted(file.data)


def counted(data: bytes) -> bytes:
    return b"data %d\n" % len(data) + data + b"\n"


def head_author(root: Path) -> str:
    """Name, address and date of the kit's newest commit, as fast-import wants them."""
    try:
        return git(root, "log", "-1", "--format=%an <%ae> %ad", "--date=raw").decode().strip()
    except KitError:
        return UNKNOWN_AUTHOR       # a kit without a history, from an archive say


def git(folder: Path, *words: str, feed: bytes = b"") -> bytes:
    """Runs git on a repository, untouched by anybody's configuration, hooks or keys."""
    settings = [word for key, value in CONFIGURATION.items() for word in ("-c", f"{key}={value}")]
    command = ["git", *settings, "-C", str(folder), *words]
    try:
        done = subprocess.run(command, input=feed, env=clean_environment(), capture_output=True,
                              check=False)
    except FileNotFoundError as error:
        raise KitError("git is not installed") from error
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise KitError(f"git {words[0]}: {reason[-1]}")
    return done.stdout


def clean_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/nonexistent",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0"}
