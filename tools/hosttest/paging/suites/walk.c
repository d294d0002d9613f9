/**
 * @file
 * Walks the page tables as the CPU would, and compares what they show with the model, and what the
 * allocator has handed out with what there is use for.
 */
#include "suites/walk.h"

#include <string.h>

#include "abi/memory.h"
#include "arch/paging.h"
#include "arch/x86_64/page_entry.h"
#include "harness.h"
#include "host/machine.h"
#include "lib/bitmap.h"
#include "mm/frames.h"
#include "models/pages.h"

#define FRAMES_MOST 8192

/* What each frame of the machine is used for: pages that show it, or this. */
#define IS_TABLE 0xFFFFFFFFu
static unsigned uses[FRAMES_MOST];
static size_t taken_at_start; /* frames: the counters of uses */
static size_t pages_met;

/** Remembers what is in use before there is an address space. */
void walk_start(void)
{
    taken_at_start = frames.total - frames.free_count;
}

static void use_as_table(uint64_t table)
{
    EXPECT(table / FRAME_SIZE < FRAMES_MOST, "a table at %#lx", table);
    expect_equal(uses[table / FRAME_SIZE], 0, "uses of the frame %#lx, which is a table", table);
    uses[table / FRAME_SIZE] = IS_TABLE;
}

static void meet_page(int space, uint64_t address, uint64_t entry)
{
    const struct model_page *page = pages_at(space, address);
    uint64_t frame = entry & PAGE_ADDRESS;
    unsigned rights = MEMORY_READ | (entry & PAGE_WRITABLE ? MEMORY_WRITE : 0) |
                      (entry & PAGE_NO_EXECUTE ? 0 : MEMORY_EXECUTE);
    uint64_t flags = PAGE_PRESENT | PAGE_USER;

    EXPECT(page != NULL && page->frame != 0, "space %d: %#lx is mapped to %#lx; expected nothing",
           space, address, frame);
    expect_equal(frame, page->frame, "space %d: the frame at %#lx", space, address);
    expect_equal(rights, page->rights, "space %d: the rights at %#lx", space, address);
    expect_equal(entry & ~(PAGE_ADDRESS | PAGE_WRITABLE | PAGE_NO_EXECUTE), flags,
                 "space %d: the flags at %#lx", space, address);
    EXPECT(frame / FRAME_SIZE < FRAMES_MOST && uses[frame / FRAME_SIZE] != IS_TABLE,
           "space %d: the page %#lx shows a table, %#lx", space, address, frame);
    uses[frame / FRAME_SIZE]++;
    pages_met++;
}

static void walk_table(int space, uint64_t table, unsigned level, uint64_t address)
{
    const uint64_t *entries = paging_window(table);
    size_t count = level == 4 ? TABLE_ENTRIES / 2 : TABLE_ENTRIES;

    use_as_table(table);
    for (size_t i = 0; i < count; i++) {
        uint64_t below = address | i << (12 + 9 * (level - 1));

        if (entries[i] == 0) {
            continue;
        }
        if (level == 1) {
            meet_page(space, below, entries[i]);
        } else {
            expect_equal(entries[i] & ~PAGE_ADDRESS, PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER,
                         "space %d: the flags of the table for %#lx", space, below);
            walk_table(space, entries[i] & PAGE_ADDRESS, level - 1, below);
        }
    }
}

static void compare_upper_half(const struct walk_space *space)
{
    const uint64_t *entries = paging_window(space->root);
    const uint64_t *kernels = paging_window(HOST_KERNEL_ROOT);

    EXPECT(memcmp(entries + 256, kernels + 256, 256 * sizeof(*entries)) == 0,
           "space %d: its upper half is not the kernel's", space->number);
}

/** Every frame of the allocator is free, or has been met; the numbers add up. */
static void check_frames(void)
{
    size_t in_use = 0, free_frames = 0;

    for (size_t i = 0; i < frames.limit; i++) {
        bool is_free = bitmap_test(frames.bitmap, i);

        free_frames += is_free;
        in_use += uses[i] != 0;
        EXPECT(!is_free || uses[i] == 0, "the frame %#lx is free and in use", i * FRAME_SIZE);
    }
    expect_equal(frames.free_count, free_frames, "free_count");
    expect_equal(in_use + taken_at_start, frames.total - free_frames,
                 "frames that somebody can use, of those that are not free");
}

static size_t pages_expected(const struct walk_space *space)
{
    size_t count = 0;

    for (int region = 0; region < PAGES_REGIONS; region++) {
        for (uint64_t i = 0; i < PAGES_PER_REGION; i++) {
            const struct model_page *page =
                pages_at(space->number, pages_region(region) + i * PAGE_SIZE);

            count += page->frame != 0;
        }
    }
    return count;
}

/** Compares all address spaces with the model. */
void walk_all(const struct walk_space *spaces, size_t count)
{
    size_t expected = 0;

    memset(uses, 0, sizeof(uses));
    pages_met = 0;
    for (size_t i = 0; i < count; i++) {
        if (spaces[i].root != 0) {
            walk_table(spaces[i].number, spaces[i].root, 4, 0);
            compare_upper_half(&spaces[i]);
            expected += pages_expected(&spaces[i]);
        }
    }
    expect_equal(pages_met, expected, "pages that are mapped");
    check_frames();
}
