/**
 * @file
 * Tests of page_create() and page_destroy().
 */
#include "arch/page_destroy.h"
#include "arch/page_table.h"
#include "between.h"
#include "guest.h"
#include "lib/bitmap.h"
#include "lib/string.h"
#include "mm/frame_uses.h"
#include "mm/frames.h"
#include "pages.h"

/* --- page_create() --- */

#define CREATIONS 16u

/** A call of page_create(). */
struct guest_creation {
    bool begun, finished;
    bool refused;                         /**< there is no memory for the root */
    uint64_t result, taken;               /**< the root; the table that was given out last */
    uint64_t takes;                       /**< how often one was asked for */
    uint64_t kernel_root[GUEST_ENTRIES];  /**< the kernel's own root, before */
    uint64_t kernel_after[GUEST_ENTRIES]; /**< and after */
};

/** Read by the grader. */
struct guest_creation guest_creations[CREATIONS];
uint64_t guest_frame_zero[GUEST_ENTRIES]; /**< physical memory from 0 on, before the test */

static struct guest_creation *creation;

static uint64_t take_root(void)
{
    creation->takes++;
    creation->taken = creation->refused ? 0 : guest_page_new();
    return creation->taken;
}

/** Puts words into the free entries of the kernel's root: not present, so the CPU does not mind. */
static void fill_kernel_root(void)
{
    static bool is_ours[GUEST_ENTRIES];
    uint64_t *entries = guest_page_table(page_kernel_root());

    for (unsigned i = 0; i < GUEST_ENTRIES; i++) {
        if (entries[i] == 0 || is_ours[i]) {
            entries[i] = guest_random() << 1;
            is_ours[i] = true;
        }
    }
}

void guest_test_create(void);
void guest_test_create(void)
{
    guest_pages_begin();
    guest_between.page_table_take = take_root;
    memcpy(guest_frame_zero, guest_page_table(0), sizeof(guest_frame_zero));
    for (unsigned i = 0; i < CREATIONS; i++) {
        creation = &guest_creations[i];
        creation->refused = i % 4 == 3;
        fill_kernel_root();
        memcpy(creation->kernel_root, guest_page_table(page_kernel_root()), GUEST_PAGE_SIZE);
        creation->begun = true;
        creation->result = page_create();
        memcpy(creation->kernel_after, guest_page_table(page_kernel_root()), GUEST_PAGE_SIZE);
        creation->finished = true;
    }
    guest_checkpoint("done");
}

/* --- page_destroy(): what it gives back --- */

#define DESTRUCTIONS 8u
#define PAGES_MOST 40u
#define GIVEN_MOST 256u
#define NO_EXECUTE ((uint64_t)1 << 63)
#define FRAME_BITS 40u

/** A call of page_destroy(). */
struct guest_destruction {
    bool begun, finished;
    uint64_t root;
    uint64_t frame_count, frames[PAGES_MOST];    /**< that are mapped */
    uint64_t table_count, tables[GIVEN_MOST];    /**< that lead to them, and the root */
    uint64_t dropped_count, dropped[GIVEN_MOST]; /**< arguments of page_frame_drop() */
    uint64_t given_count, given[GIVEN_MOST];     /**< and of page_table_give() */
};

/** Read by the grader. */
struct guest_destruction guest_destructions[DESTRUCTIONS];
uint64_t guest_destroyed_mark; /**< all entries of a table lead there when it has been given back */

static struct guest_destruction *destruction;

static void drop(uint64_t frame)
{
    if (destruction->dropped_count < GIVEN_MOST) {
        destruction->dropped[destruction->dropped_count++] = frame;
    }
}

static bool is_own_table(uint64_t table)
{
    for (uint64_t i = 0; i < destruction->table_count; i++) {
        if (destruction->tables[i] == table) {
            return true;
        }
    }
    return false;
}

/** Whoever reads a table that has been given back finds something else in it. */
static void give(uint64_t table)
{
    if (destruction->given_count < GIVEN_MOST) {
        destruction->given[destruction->given_count++] = table;
    }
    for (unsigned i = 0; is_own_table(table) && i < GUEST_ENTRIES; i++) {
        guest_page_table(table)[i] = guest_destroyed_mark | GUEST_TABLE_FLAGS;
    }
}

/** Notes the tables that the entries of one lead to. */
static void note_tables_below(uint64_t table, unsigned entries)
{
    for (unsigned i = 0; i < entries; i++) {
        uint64_t entry = guest_page_table(table)[i];

        if (entry != 0) {
            destruction->tables[destruction->table_count++] = entry & -(uint64_t)GUEST_PAGE_SIZE;
        }
    }
}

/** Notes all tables of a space, level by level: the root is the first. */
static void note_tables(void)
{
    uint64_t next = 0;

    destruction->tables[destruction->table_count++] = destruction->root;
    for (unsigned level = 4; level > 1; level--) {
        uint64_t behind = destruction->table_count;

        for (; next < behind; next++) {
            note_tables_below(destruction->tables[next],
                              level == 4 ? GUEST_USER_ENTRIES : GUEST_ENTRIES);
        }
    }
}

static void fill_space(unsigned pages)
{
    uint64_t address = guest_page_address();

    destruction->root = guest_page_root();
    for (unsigned i = 0; i < pages; i++) {
        uint64_t frame = (1 + guest_random() % ((1ul << FRAME_BITS) - 1)) * GUEST_PAGE_SIZE;
        uint64_t flags = GUEST_TABLE_FLAGS | (guest_random() & NO_EXECUTE);

        do {
            address = guest_page_near(address);
        } while (page_find(destruction->root, address, &(unsigned){0}) != 0);
        guest_page_put(destruction->root, address, frame | flags);
        destruction->frames[destruction->frame_count++] = frame;
    }
    note_tables();
}

void guest_test_destroy_tree(void);
void guest_test_destroy_tree(void)
{
    guest_pages_begin();
    guest_destroyed_mark = guest_page_new();
    guest_between.page_frame_drop = drop;
    guest_between.page_table_give = give;
    for (unsigned i = 0; i < DESTRUCTIONS; i++) {
        destruction = &guest_destructions[i];
        fill_space(i == 0 ? 0 : 1 + (unsigned)guest_random_below(PAGES_MOST));
        destruction->begun = true;
        page_destroy(destruction->root);
        destruction->finished = true;
    }
    guest_checkpoint("done");
}

/* --- page_destroy() with the kernel's own allocator, again and again --- */

#define CYCLES 400u
#define CYCLE_PAGES 12u

/** Two address spaces of which the second shows some of the first one's frames. */
struct guest_cycle {
    bool finished;
    uint64_t pages, shared; /**< of the first; of these, in the second as well */
    uint64_t free_before, free_with_first, free_with_both;
    uint64_t free_without_first, free_after;
    bool kept; /**< the shared frames were in use, with their contents, without the first space */
};

/** Read by the grader. */
struct guest_cycle guest_cycles[CYCLES];

static uint64_t cycle_frames[CYCLE_PAGES];

static uint64_t new_space(void)
{
    uint64_t root = page_table_take();

    memcpy(guest_page_table(root) + GUEST_USER_ENTRIES,
           guest_page_table(page_kernel_root()) + GUEST_USER_ENTRIES,
           GUEST_USER_ENTRIES * sizeof(uint64_t));
    return root;
}

static void put_new(uint64_t root, uint64_t frame, uint64_t address)
{
    while (page_find(root, address, &(unsigned){0}) != 0) {
        address = guest_page_near(address);
    }
    guest_page_put(root, address, frame | GUEST_TABLE_FLAGS);
}

static uint64_t first_space(struct guest_cycle *cycle)
{
    uint64_t root = new_space();

    cycle->pages = 1 + guest_random_below(CYCLE_PAGES);
    for (uint64_t i = 0; i < cycle->pages; i++) {
        cycle_frames[i] = page_table_take();
        *guest_page_table(cycle_frames[i]) = ~cycle_frames[i];
        put_new(root, cycle_frames[i], guest_page_address());
    }
    return root;
}

static uint64_t second_space(struct guest_cycle *cycle)
{
    uint64_t root = new_space();

    cycle->shared = guest_random_below(cycle->pages + 1);
    for (uint64_t i = 0; i < cycle->shared; i++) {
        frame_uses_add(cycle_frames[i]);
        put_new(root, cycle_frames[i], guest_page_address());
    }
    return root;
}

/** @return whether the frames that are still shown are in use, and as they were */
static bool are_kept(const struct guest_cycle *cycle)
{
    for (uint64_t i = 0; i < cycle->shared; i++) {
        if (bitmap_test(frames.bitmap, cycle_frames[i] / FRAME_SIZE) ||
            *guest_page_table(cycle_frames[i]) != ~cycle_frames[i]) {
            return false;
        }
    }
    return true;
}

void guest_test_destroy_cycles(void);
void guest_test_destroy_cycles(void)
{
    guest_page_source = page_table_take;
    for (unsigned i = 0; i < CYCLES; i++) {
        struct guest_cycle *cycle = &guest_cycles[i];
        uint64_t first, second;

        cycle->free_before = frames.free_count;
        first = first_space(cycle);
        cycle->free_with_first = frames.free_count;
        second = second_space(cycle);
        cycle->free_with_both = frames.free_count;
        page_destroy(first);
        cycle->free_without_first = frames.free_count;
        cycle->kept = are_kept(cycle);
        page_destroy(second);
        cycle->free_after = frames.free_count;
        cycle->finished = true;
    }
    guest_checkpoint("done");
}
