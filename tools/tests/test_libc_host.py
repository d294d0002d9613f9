"""The C library on the host, compared with the host's own; and that mistakes in it are found."""

import os
import subprocess
import unittest
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from real_kit import STAGES, tree_of
from support import ROOT, run, table, work_folder

from stagetool.tree import SOLVED

LIBCTEST = ROOT / "tools" / "libctest"
SEEDS = os.environ.get("HOSTTEST_SEEDS", "1 2 3")
FOLDERS = ("user/", "servers/", "drivers/", "kernel/abi/", "kernel/generated/")


@dataclass(frozen=True)
class Edit:
    """A mistake that is made by replacing one piece of a file of the library."""

    name: str
    suite: str
    file: str
    right: str
    wrong: str


EDITS = [
    Edit("strncpy leaves what is behind a short text", "strings", "string_copy.c",
         "    memset(to + length, 0, size - length);\n", ""),
    Edit("strrchr does not find the NUL", "strings", "string_search.c",
         "for (size_t i = strlen(text) + 1;", "for (size_t i = strlen(text);"),
    Edit("# makes no zero before octal digits", "format", "format_put.c",
         "        least = digits + 1;\n", ""),
    Edit("zeros although there is a precision", "format", "format_put.c",
         "conversion->precision < 0 && conversion->has_zeros", "conversion->has_zeros"),
    Edit("a number that wraps around", "numbers", "strtol.c",
         "(ULLONG_MAX - digit) / base", "ULLONG_MAX / base"),
    Edit("0x without a digit", "numbers", "strtol.c",
         " && digit_value(text[2]) < 16;", ";"),
    Edit("the second child of the heap is forgotten", "sort", "qsort.c",
         "            child++;\n", ""),
    Edit("blocks are not joined with those before", "heap", "heap_blocks.c",
         "return previous->state == BLOCK_FREE ? previous : NULL;", "return NULL;"),
    Edit("calloc gives what was there", "heap", "malloc.c",
         "memset(memory, 0, count * size)", "memory"),
    Edit("nobody looks at the header behind", "heap", "heap_blocks.c",
         "    check(next);\n    return next;", "    return next;"),
    Edit("every fourth year is a leap year", "dates", "gmtime.c", " - of_400 / 100", ""),
    Edit("the week that the year ends in", "dates", "strftime.c", "        ++*year;\n", ""),
    Edit("an option's argument is read again", "options", "getopt.c",
         "    optarg = argv[optind++];\n", "    optarg = argv[optind];\n"),
    Edit("an offset behind the block", "arguments", "arguments.c",
         " || offsets[i] >= block->size", ""),
    Edit("the last text does not end", "arguments", "arguments.c",
         "((const char *)block)[block->size - 1] == '\\0'", "true"),
    Edit("a variable is added twice", "variables", "environment.c",
         "environ[index][length] == '='", "environ[index][length] == ':'"),
    Edit("ftell counts what was not taken", "streams", "fseek.c",
         "offset - unread(stream)", "offset"),
    Edit("what was not taken is lost", "streams", "fseek.c",
         "        lseek(stream->descriptor, -unread(stream), SEEK_CUR);\n", ""),
    Edit("a write that fails is nobody's business", "streams", "stream_write.c",
         "            stream->has_failed = true;\n            break;",
         "            return size;"),
    Edit("each piece goes to the same offset", "files", "write.c",
         "offset == FILE_CURRENT ? offset : offset + done", "offset"),
    Edit("rewinddir gives what was fetched", "files", "dirent.c",
         "    lseek(directory->descriptor, 0, SEEK_SET);\n    directory->position = "
         "directory->filled = 0;\n", "    lseek(directory->descriptor, 0, SEEK_SET);\n"),
    Edit("half a process stays", "spawn", "spawn.c",
         "    root_ask(INIT_END, (uint64_t)process, 0);\n", ""),
    Edit("the image stays", "spawn", "spawn_image.c", "        image_discard();\n", ""),
]


@lru_cache(maxsize=None)
def work_place() -> Path:
    return work_folder("libc-host")


def fresh_tree() -> Path:
    """What the library is made of, the same as in the kit."""
    tree = work_place() / "tree"
    for path, file in tree_of(STAGES[-1], SOLVED).files.items():
        if path.startswith(FOLDERS):
            place = tree / path
            if not place.is_file() or place.read_bytes() != file.data:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.data)
    return tree


def build_and_run(*words: str) -> subprocess.CompletedProcess[str]:
    """Builds what has changed, and runs it."""
    return run("make", "-s", "-j2", "-C", LIBCTEST, f"TREE={work_place() / 'tree'}",
               f"OUT={work_place() / 'build'}", "CC=gcc", f"SEEDS={SEEDS}", "run", *words,
               limit=600)


class LibraryOnTheHost(unittest.TestCase):
    """The library does what the host's does, and mistakes in it are found.

    One class, so that one process builds it all.
    """

    expected_seconds = 15

    def test_the_library_agrees_with_the_host(self) -> None:
        fresh_tree()
        done = build_and_run()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_mistakes_are_found(self) -> None:
        for edit in EDITS:
            with self.subTest(edit.name):
                file = fresh_tree() / "user/libc" / edit.file
                text = file.read_text(encoding="utf-8")
                self.assertEqual(text.count(edit.right), 1, f"{edit.file} has changed")
                file.write_text(text.replace(edit.right, edit.wrong), encoding="utf-8")
                self.expect_found(edit)

    def expect_found(self, edit: Edit) -> None:
        done = build_and_run(f"SUITE={edit.suite}", "MORE=-w")
        self.assertIn(f"FAILED: suite {edit.suite}, seed", done.stderr,
                      f"{edit.name} was not found:\n{done.stdout}{done.stderr}")
        says = next(iter(done.stderr.splitlines()), "")
        table("mutants of the C library", [{"mutant": edit.name, "suite": edit.suite,
                                            "says": says[:70]}])


if __name__ == "__main__":
    unittest.main()
