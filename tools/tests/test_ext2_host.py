"""ext2 and the block cache on the host: random operations, damage, power cuts, disks without room.

tools/vfstest/ext2 builds them as a program of the host, with sanitizers; the images are made,
checked and read by e2fsprogs. EXT2_TIMES=n makes the tests n times as long. Mistakes that are made
on purpose have to be found: the tests have teeth.
"""

import os
import sys
import unittest
from typing import Callable

from mutation import Mutation, Teeth
from support import ROOT, table

sys.path.insert(0, str(ROOT / "tools" / "vfstest" / "ext2"))

import ext2_checks as checks                                                  # noqa: E402
from ext2_damage import PLACES, Layout, filled_image                          # noqa: E402
from ext2_machine import MB, build, check_clean, make_image, tree             # noqa: E402

TIMES = int(os.environ.get("EXT2_TIMES", "1"))
BLOCK_SIZES = (1024, 2048, 4096)
FORMATS = (
    ("-b", "1024", "-I", "128"),
    ("-b", "4096", "-I", "256"),
    ("-b", "2048", "-N", "64"),
    ("-b", "1024", "-g", "512", "-O", "^sparse_super,^resize_inode"),
    ("-b", "1024", "-r", "0", "-O", "none"),
    ("-b", "4096", "-O", "^filetype"),
)


class Ext2Host(unittest.TestCase):
    """One class, so that one process builds it all."""

    expected_seconds = 20

    def test_random_operations(self) -> None:
        for seed in range(1, 1 + TIMES):
            for number, options in enumerate(FORMATS):
                with self.subTest(seed=seed, options=options):
                    image = make_image("random.img", 2 * MB, *options)
                    refused = checks.check_random(image, seed, 400 if TIMES == 1 else 10000,
                                                  ("gcc", "clang")[number % 2 if TIMES > 1 else 0])
                    table("ext2 on the host", [{"format": " ".join(options), "seed": seed,
                                                "without space": refused}])

    def test_power_cuts(self) -> None:
        cuts = 0
        for options in FORMATS[:2]:
            base = make_image("base.img", MB, *options)
            for seed in range(6 * TIMES):
                with self.subTest(seed=seed, options=options):
                    cuts += checks.check_cut(base, seed, 200 if TIMES == 1 else 600)
        self.assertGreater(cuts, 2 * TIMES)

    def test_damage(self) -> None:
        for block_size in BLOCK_SIZES:
            layout = Layout(filled_image("filled.img", block_size))
            self.assertEqual(check_clean(layout.image), "")
            for place in PLACES:
                found = 0
                for seed in range(2 * TIMES):
                    with self.subTest(seed=seed, place=place, block_size=block_size):
                        found += checks.check_damage(layout, seed, place)
                table("damaged images", [{"place": place, "block size": block_size,
                                          "damaged": 2 * TIMES, "told": found}])

    def test_no_space_at_any_allocation(self) -> None:
        for block_size in (1024,) if TIMES == 1 else BLOCK_SIZES:
            base = checks.image_without_room(block_size)
            for which in ("block", "inode"):
                for command in checks.NO_SPACE:
                    with self.subTest(command=command, which=which):
                        checks.check_no_space(base, command, which)

    def test_writes_that_fail(self) -> None:
        failed = 0
        for seed in range(TIMES):
            with self.subTest(seed=seed):
                failed += checks.check_write_faults(seed, 300)
        self.assertGreater(failed, 0)

    def test_a_sync_tells_what_failed(self) -> None:
        checks.check_sync_tells()

    def test_reads_that_fail(self) -> None:
        refused = 0
        for seed in range(TIMES):
            with self.subTest(seed=seed):
                refused += checks.check_read_faults(filled_image("filled.img", 1024), seed)
        self.assertGreater(refused, 0)

    def test_all_levels_of_pointers(self) -> None:
        for block_size in BLOCK_SIZES:
            with self.subTest(block_size=block_size):
                checks.check_levels(block_size)

    def test_an_index_goes(self) -> None:
        checks.check_index()

    def test_what_is_refused(self) -> None:
        checks.check_refused()

    def test_which_buffer_is_chosen(self) -> None:
        checks.check_choice()

    def test_pointers_that_cannot_be(self) -> None:
        for block_size in (1024, 4096):
            with self.subTest(block_size=block_size):
                checks.check_pointers(block_size)

    def test_names_that_are_gone(self) -> None:
        checks.check_removed_names()

    def test_a_hole_is_never_seen_as_what_was_there_before(self) -> None:
        checks.check_hole_cut()

    def test_entries_that_cannot_be(self) -> None:
        checks.check_entries()


def random_check() -> None:
    checks.check_random(make_image("random.img", 2 * MB, "-b", "1024"), 1, 1500)


def long_check() -> None:
    checks.check_random(make_image("random.img", 8 * MB, "-b", "1024"), 1, 4000)


def cut_check() -> None:
    for number, options in enumerate(FORMATS[:2]):
        base = make_image("base.img", MB, *options)
        for seed in range(60):
            checks.check_cut(base, 100 * number + seed, 600)


def space_check() -> None:
    base = checks.image_without_room(1024)
    for command in checks.NO_SPACE:
        for which in ("block", "inode"):
            checks.check_no_space(base, command, which)


def fault_check() -> None:
    for seed in range(4):
        checks.check_write_faults(seed, 300)


def level_check() -> None:
    checks.check_levels(1024)


def pointer_check() -> None:
    checks.check_pointers(1024)


EXT2 = "servers/vfs/ext2/"

# With the checks that have to find them.
MUTATIONS = (
    Mutation("the last pointer is believed", pointer_check, EXT2 + "block_find.c",
             "    if (number != 0 && !ext2_block_check(file, number)) {\n"
             "        return EIO;\n    }\n", ""),
    Mutation("pointers on the way are believed", pointer_check, EXT2 + "block_find.c",
             "ext2_block_check(file, number) ? 0 : EIO;", "0;"),
    Mutation("a hole is followed", random_check, EXT2 + "block_find.c",
             "i < pointers && number != 0", "i < pointers"),
    Mutation("the third level is misplaced", level_check, EXT2 + "block_path.c",
             "            span /= pointers;\n",
             "            span /= level < 3 || i > 1 ? pointers : pointers * 2;\n"),
    Mutation("an entry's end is not compared", checks.check_entries, EXT2 + "entry_check.c",
             "        entry->size > left ||", "       "),
    Mutation("a name's end is not compared", checks.check_entries, EXT2 + "entry_check.c",
             " || entry->length > entry->size - EXT2_ENTRY_HEAD", ""),
    Mutation("a name without an inode is found", checks.check_removed_names,
             EXT2 + "directory_find.c", "entry->inode != 0 && ", ""),
    Mutation("a shorter name is found", random_check, EXT2 + "directory_find.c",
             "entry->length == length", "entry->length >= length"),
    Mutation("the first block only", long_check, EXT2 + "directory_find.c",
             "index < blocks;", "index < blocks && index < 1;"),
    Mutation("the entry before is an old one", long_check, EXT2 + "rename.c",
             "    renew(&move->old);\n", "    (void)renew;\n"),
    Mutation("what is behind the end stays", level_check, EXT2 + "truncate.c",
             "        error = ext2_tail_clear(file, size < old ? size : old);\n",
             "        error = 0;\n"),
    Mutation("blocks are not counted", random_check, EXT2 + "block_allocate.c",
             "        map.descriptor->free_blocks++;\n", ""),
    Mutation("files without names are not freed", random_check, EXT2 + "free.c",
             "        ext2->orphans -= ext2_file_free(&file) == 0;\n",
             "        ext2->orphans--;\n"),
    Mutation("what was taken is not given back", space_check, EXT2 + "block_make.c",
             "        ext2_block_give(ext2, branch->file->number, blocks[--taken]);\n",
             "        taken--;\n"),
    Mutation("the index stays", checks.check_index, EXT2 + "entry.c",
             "    directory->inode->flags &= ~(uint32_t)EXT2_FLAG_INDEX;\n", ""),
    Mutation("nothing is written first", cut_check, EXT2 + "state.c",
             "    buffer_write(buffer);\n", "    (void)buffer;\n"),
    Mutation("bitmaps are believed after a power cut", cut_check, EXT2 + "mount.c",
             "ext2_recover(ext2) != 0", "false"),
    Mutation("old bytes show where a hole was", checks.check_hole_cut, EXT2 + "block_make.c",
             "branch->index * ext2->block_size < ext2_file_size(branch->file)", "false"),
    Mutation("a block that was not written counts as written", fault_check,
             "servers/vfs/cache_transfer.c", "        first[i].is_changed |= error != 0;\n", ""),
    Mutation("a sync does not say what has failed", checks.check_sync_tells,
             "servers/vfs/cache_write.c", "device_failures(device) != failures || ", ""),
    Mutation("a buffer that is referred to is chosen", checks.check_choice,
             "servers/vfs/cache_choose.c", "buffer->references > 0 || ", ""),
    Mutation("a busy buffer is chosen", checks.check_choice, "servers/vfs/cache_choose.c",
             " || buffer->is_busy", ""),
    Mutation("the newest changed buffer is chosen", checks.check_choice,
             "servers/vfs/cache_choose.c",
             "        if (changed == NULL) {\n            changed = buffer;\n        }\n",
             "        changed = buffer;\n"),
    Mutation("one buffer more is looked at", checks.check_choice, "servers/vfs/cache_choose.c",
             "looked < CACHE_LOOK", "looked <= CACHE_LOOK"),
)


@unittest.skipIf(TIMES == 1, "takes some minutes: EXT2_TIMES=2 or more")
class Ext2Teeth(Teeth, unittest.TestCase):
    """Mistakes are found."""

    expected_seconds = 300
    mutations = MUTATIONS

    def tearDown(self) -> None:
        build()

    def expect_found(self, mutation: Mutation[Callable[[], object]]) -> None:
        with mutation.made(tree()):
            build()
            with self.assertRaises(AssertionError) as caught:
                mutation.finder()
        says = str(caught.exception).splitlines()[0]
        table("mutants of ext2", [{"mutant": mutation.name, "says": says[:70]}])


if __name__ == "__main__":
    unittest.main()
