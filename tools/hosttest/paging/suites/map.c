/**
 * @file
 * Suite "map": maps of memory are added to and taken from. The model is a byte for each page.
 */
#include <string.h>

#include "arch/paging.h"
#include "harness.h"
#include "mm/frames.h"
#include "mm/memory.h"
#include "suites/suites.h"

#define PAGES 96u /* so few that the table of ranges never overflows */

static struct memory_map map;
static bool model_pages[PAGES];

static void compare(void)
{
    uint64_t size = 0;

    for (size_t i = 0; i < PAGES; i++) {
        size += model_pages[i] ? PAGE_SIZE : 0;
        expect_equal(memory_map_holds(&map, i * PAGE_SIZE, (i + 1) * PAGE_SIZE), model_pages[i],
                     "whether the map holds page %zu", i);
    }
    expect_equal(memory_map_size(&map), size, "memory_map_size()");
    for (size_t i = 0; i < map.count; i++) {
        EXPECT(map.ranges[i].start < map.ranges[i].end, "range %zu is empty", i);
        EXPECT(i == 0 || map.ranges[i - 1].end < map.ranges[i].start,
               "range %zu touches the one before, or stands in the wrong place", i);
    }
}

/** Adds the whole pages of a range, or removes all that it touches. */
static void change(uint64_t start, uint64_t end, bool adds)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        uint64_t page = i * PAGE_SIZE, behind = page + PAGE_SIZE;

        if (adds && page >= start && behind <= end) {
            model_pages[i] = true;
        } else if (!adds && page < end && behind > start) {
            model_pages[i] = false;
        }
    }
}

static void ask(uint64_t start, uint64_t end)
{
    bool holds = true;

    for (uint64_t at = start; at < end; at++) {
        holds = holds && at / PAGE_SIZE < PAGES && model_pages[at / PAGE_SIZE];
    }
    expect_equal(memory_map_holds(&map, start, end), holds, "memory_map_holds()");
}

/** Runs the suite. */
void map_run(unsigned steps)
{
    while (steps-- > 0) {
        uint64_t start = random_below(PAGES * PAGE_SIZE);
        uint64_t end = start + 1 + random_below(8 * PAGE_SIZE);
        bool adds = random_chance(50);

        start = random_chance(50) ? start & ~(uint64_t)(PAGE_SIZE - 1) : start;
        end = end > PAGES * PAGE_SIZE ? PAGES * PAGE_SIZE : end;
        step_begin("%s %#lx to %#lx", adds ? "add" : "remove", start, end);
        if (random_chance(20)) {
            ask(start, end);
        } else if (adds) {
            memory_map_add(&map, start, end);
            change(start, end, true);
        } else {
            memory_map_remove(&map, start, end);
            change(start, end, false);
        }
        compare();
    }
}
