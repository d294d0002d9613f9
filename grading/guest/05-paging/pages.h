/**
 * @file
 * Page tables that the tests make by hand, out of frames that are theirs alone; and what they write
 * down of each call of a function of page_table.c or page_destroy.c.
 *
 * Nobody gives these frames back: at the end of a test all of its tables are still in memory, and
 * the grader walks them from outside.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define GUEST_TABLE_FLAGS 7u /* present, writable, user: of an entry that leads to a table */
#define GUEST_USER_ENTRIES 256u
#define GUEST_ENTRIES 512u
#define GUEST_PAGE_SIZE 4096u

#define GUEST_PAGE_ROUNDS 12u
#define GUEST_PAGE_CALLS 40u
#define GUEST_TAKEN_MOST 160u /* tables of one round */

/** A call of page_map() or page_unmap(). */
struct guest_page_call {
    bool begun, finished;
    uint64_t address, frame, rights;
    uint64_t budget; /**< how many tables it could have had */
    uint64_t result; /**< page_map(): an enum error; page_unmap(): a frame */
    uint64_t taken;  /**< how many tables the round has taken, after this call */
};

/** An address space, and the calls that it has been through. */
struct guest_page_round {
    bool begun;
    uint64_t root;
    struct guest_page_call calls[GUEST_PAGE_CALLS];
    uint64_t taken_count;
    uint64_t taken[GUEST_TAKEN_MOST]; /**< the tables that page_table_take() has given out */
};

/* Read by the grader. */
extern struct guest_page_round guest_page_rounds[GUEST_PAGE_ROUNDS];
extern uint64_t guest_page_poison; /**< the frame that the entries of the upper half lead to */

/** Where guest_page_put() gets tables: guest_page_new(), unless a test says otherwise. */
extern uint64_t (*guest_page_source)(void);

/** Takes the frames of a test from the allocator. */
void guest_pages_begin(void);

/** @return the physical address of a frame of the tests', all 0 */
uint64_t guest_page_new(void);

/** @return a root whose upper half is full of entries that are nobody's business */
uint64_t guest_page_root(void);

/** @return the entries of a table */
uint64_t *guest_page_table(uint64_t table);

/** Puts an entry of level 1 to an address, with the tables that it takes. */
void guest_page_put(uint64_t root, uint64_t address, uint64_t entry);

/** A page's address in the lower half: at borders of tables, or anywhere. */
uint64_t guest_page_address(void);

/** As that, or next to an address, or the address itself, one level's worth away. */
uint64_t guest_page_near(uint64_t address);

/** Lets page_table_take() hand out so many tables of the test's, which the round notes. */
void guest_page_budget(struct guest_page_round *round, uint64_t tables);
