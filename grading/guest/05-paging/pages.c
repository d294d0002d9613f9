/**
 * @file
 * Page tables made by hand. See pages.h.
 */
#include "pages.h"

#include "between.h"
#include "guest.h"
#include "lib/string.h"
#include "mm/frames.h"

#define FRAMES 3072u
#define LEVELS 4u
#define ADDRESS_BITS 0x000FFFFFFFFFF000u

struct guest_page_round guest_page_rounds[GUEST_PAGE_ROUNDS];
uint64_t guest_page_poison;
uint64_t (*guest_page_source)(void) = guest_page_new;

static uint64_t next_frame, frames_left;
static struct guest_page_round *taking; /* the round that tables are taken for */
static uint64_t tables_left;

void guest_pages_begin(void)
{
    if (frame_take_run(FRAMES, 1, &next_frame) != ERROR_NONE) {
        guest_report_text("trouble", "frame_take_run() has no memory for the test");
        guest_end();
    }
    frames_left = FRAMES;
    guest_page_poison = guest_page_new();
}

uint64_t guest_page_new(void)
{
    uint64_t frame = next_frame;

    if (frames_left == 0) {
        guest_report_text("trouble", "the test has used all of its frames");
        guest_end();
    }
    frames_left--;
    next_frame += GUEST_PAGE_SIZE;
    memset(guest_page_table(frame), 0, GUEST_PAGE_SIZE);
    return frame;
}

uint64_t *guest_page_table(uint64_t table)
{
    return paging_window(table & ADDRESS_BITS);
}

uint64_t guest_page_root(void)
{
    uint64_t root = guest_page_new();

    for (unsigned i = GUEST_USER_ENTRIES; i < GUEST_ENTRIES; i++) {
        guest_page_table(root)[i] = guest_page_poison | GUEST_TABLE_FLAGS;
    }
    return root;
}

static unsigned index_of(uint64_t address, unsigned level)
{
    return address >> (12 + 9 * (level - 1)) & (GUEST_ENTRIES - 1);
}

void guest_page_put(uint64_t root, uint64_t address, uint64_t entry)
{
    uint64_t *place = &guest_page_table(root)[index_of(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0; level--) {
        if (*place == 0) {
            *place = guest_page_source() | GUEST_TABLE_FLAGS;
        }
        place = &guest_page_table(*place)[index_of(address, level)];
    }
    *place = entry;
}

/* --- addresses --- */

#define LOWER_HALF 0x0000800000000000u

static uint64_t any_page(void)
{
    return guest_random() % LOWER_HALF & ~(uint64_t)(GUEST_PAGE_SIZE - 1);
}

/** What an entry of a level covers, in bytes: level 1 a page, level 4 512 GB. */
static uint64_t any_reach(void)
{
    return (uint64_t)GUEST_PAGE_SIZE << 9 * guest_random_below(LEVELS);
}

uint64_t guest_page_address(void)
{
    uint64_t reach = any_reach();
    uint64_t border = any_page() & ~(reach - 1);

    switch (guest_random_below(4)) {
    case 0:
        return border;
    case 1:
        return (border - GUEST_PAGE_SIZE) % LOWER_HALF;
    default:
        return any_page();
    }
}

uint64_t guest_page_near(uint64_t address)
{
    switch (guest_random_below(4)) {
    case 0:
        return address;
    case 1:
        return (address + any_reach()) % LOWER_HALF;
    case 2:
        return (address - any_reach()) % LOWER_HALF;
    default:
        return guest_page_address();
    }
}

/* --- tables for the kernel's functions --- */

static uint64_t take(void)
{
    uint64_t table;

    if (tables_left == 0 || taking->taken_count == GUEST_TAKEN_MOST) {
        return 0;
    }
    tables_left--;
    table = guest_page_new();
    taking->taken[taking->taken_count++] = table;
    return table;
}

void guest_page_budget(struct guest_page_round *round, uint64_t tables)
{
    taking = round;
    tables_left = tables;
    guest_between.page_table_take = take;
}
