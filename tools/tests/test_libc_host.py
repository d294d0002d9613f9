"""The C library on the host, compared with the host's own; and that mistakes in it are found."""

import os
import subprocess
import unittest
from functools import lru_cache
from pathlib import Path

from mutation import Mutation, Teeth
from real_kit import STAGES, tree_of
from support import ROOT, run, table, work_folder

from stagetool.tree import SOLVED

LIBCTEST = ROOT / "tools" / "libctest"
SEEDS = os.environ.get("HOSTTEST_SEEDS", "1 2 3")
FOLDERS = ("user/", "servers/", "drivers/", "kernel/abi/", "kernel/generated/")


# Of files of the library, with the suites that have to find them.
MUTATIONS = [
    Mutation("strncpy leaves what is behind a short text", "strings", "string_copy.c",
             "    memset(to + length, 0, size - length);\n", ""),
    Mutation("strrchr does not find the NUL", "strings", "string_search.c",
             "for (size_t i = strlen(text) + 1;", "for (size_t i = strlen(text);"),
    Mutation("# makes no zero before octal digits", "format", "format_put.c",
             "        least = digits + 1;\n", ""),
    Mutation("zeros although there is a precision", "format", "format_put.c",
             "conversion->precision < 0 && conversion->has_zeros", "conversion->has_zeros"),
    Mutation("a number that wraps around", "numbers", "strtol.c",
             "(ULLONG_MAX - digit) / base", "ULLONG_MAX / base"),
    Mutation("0x without a digit", "numbers", "strtol.c", " && digit_value(text[2]) < 16;", ";"),
    Mutation("the second child of the heap is forgotten", "sort", "qsort.c",
             "            child++;\n", ""),
    Mutation("blocks are not joined with those before", "heap", "heap_blocks.c",
             "return previous->state == BLOCK_FREE ? previous : NULL;", "return NULL;"),
    Mutation("calloc gives what was there", "heap", "malloc.c",
             "memset(memory, 0, count * size)", "memory"),
    Mutation("nobody looks at the header behind", "heap", "heap_blocks.c",
             "    check(next);\n    return next;", "    return next;"),
    Mutation("every fourth year is a leap year", "dates", "gmtime.c", " - of_400 / 100", ""),
    Mutation("the week that the year ends in", "dates", "strftime.c", "        ++*year;\n", ""),
    Mutation("an option's argument is read again", "options", "getopt.c",
             "    optarg = argv[optind++];\n", "    optarg = argv[optind];\n"),
    Mutation("an offset behind the block", "arguments", "arguments.c",
             " || offsets[i] >= block->size", ""),
    Mutation("the last text does not end", "arguments", "arguments.c",
             "((const char *)block)[block->size - 1] == '\\0'", "true"),
    Mutation("a variable is added twice", "variables", "environment.c",
             "environ[index][length] == '='", "environ[index][length] == ':'"),
    Mutation("ftell counts what was not taken", "streams", "fseek.c",
             "offset - unread(stream)", "offset"),
    Mutation("what was not taken is lost", "streams", "fseek.c",
             "        lseek(stream->descriptor, -unread(stream), SEEK_CUR);\n", ""),
    Mutation("a write that fails is nobody's business", "streams", "stream_write.c",
             "            stream->has_failed = true;\n            break;",
             "            return size;"),
    Mutation("each piece goes to the same offset", "files", "write.c",
             "offset == FILE_CURRENT ? offset : offset + done", "offset"),
    Mutation("rewinddir gives what was fetched", "files", "dirent.c",
             "    lseek(directory->descriptor, 0, SEEK_SET);\n    directory->position = "
             "directory->filled = 0;\n",
             "    lseek(directory->descriptor, 0, SEEK_SET);\n"),
    Mutation("half a process stays", "spawn", "spawn.c",
             "    root_ask(INIT_END, (uint64_t)process, 0);\n", ""),
    Mutation("the image stays", "spawn", "spawn_image.c", "        image_discard();\n", ""),
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
               f"OUT={work_place() / 'build'}", "CC=gcc", f"SEEDS={SEEDS}", "run", *words)


class LibraryOnTheHost(Teeth, unittest.TestCase):
    """The library does what the host's does, and mistakes in it are found.

    One class, so that one process builds it all.
    """

    expected_seconds = 15
    mutations = MUTATIONS

    def test_the_library_agrees_with_the_host(self) -> None:
        fresh_tree()
        done = build_and_run()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def expect_found(self, mutation: Mutation[str]) -> None:
        suite = mutation.finder
        with mutation.made(fresh_tree() / "user/libc"):
            done = build_and_run(f"SUITE={suite}", "MORE=-w")
        self.assertIn(f"FAILED: suite {suite}, seed", done.stderr,
                      f"{mutation.name} was not found:\n{done.stdout}{done.stderr}")
        says = next(iter(done.stderr.splitlines()), "")
        table("mutants of the C library", [{"mutant": mutation.name, "suite": suite,
                                            "says": says[:70]}])


if __name__ == "__main__":
    unittest.main()
