/**
 * @file
 * Tests of elf_load_segment(). The pages come from a pool of the test's own: between any two of
 * them lies one that is never handed out.
 */
#include "task/elf.h"

#include "abi/memory.h"
#include "arch/paging.h"
#include "between.h"
#include "catch.h"
#include "guest.h"

#define ROUNDS 24u
#define MOST_PAGES 8u
#define POOL_PAGES (2 * MOST_PAGES + 1)
#define FILE_SIZE (10 * PAGE_SIZE)
#define NOWHERE ((uint8_t *)0x00FF000000000000) /* not canonical: using it is an exception */

/** A call of program_add_page(). */
struct guest_page {
    uint64_t thread, address, rights;
    uint64_t place; /**< in guest_pool */
};

/** A segment that is loaded. The pool's content is looked at after each. */
struct guest_segment_round {
    struct elf_segment segment;
    uint64_t thread;
    uint64_t refused_page; /**< the call of program_add_page() that fails, from 0; else a big one */
    uint64_t refused_with;
    uint64_t error;
    struct guest_page pages[MOST_PAGES];
    uint64_t page_count;
    bool begun, finished, faulted;
    struct guest_caught caught;
};

/* Read by the grader. */
struct guest_segment_round guest_segment_round;
uint64_t guest_segment_number;
uint8_t guest_pool[POOL_PAGES][PAGE_SIZE] __attribute__((aligned(4096)));
uint8_t guest_file[FILE_SIZE];

static const uint8_t unused = 0xA5; /* what is in pages that nobody has been given */

/** In the place of program_add_page(): the pool's pages in an order of the round's own. */
static enum error add_page(struct thread *thread, uintptr_t address, unsigned rights,
                           uint8_t **view)
{
    struct guest_segment_round *round = &guest_segment_round;
    uint64_t number = round->page_count++;
    uint64_t place = 2 * ((number * 5 + round->thread / 64) % MOST_PAGES) + 1;

    *view = NOWHERE;
    if (number == round->refused_page) {
        return (enum error)round->refused_with;
    }
    if (number >= MOST_PAGES) {
        return ERROR_NONE;
    }
    round->pages[number] = (struct guest_page){(uintptr_t)thread, address, rights, place};
    for (unsigned i = 0; i < PAGE_SIZE; i++) {
        guest_pool[place][i] = 0;
    }
    *view = guest_pool[place];
    return ERROR_NONE;
}

static void clean_pool(void)
{
    for (unsigned page = 0; page < POOL_PAGES; page++) {
        for (unsigned i = 0; i < PAGE_SIZE; i++) {
            guest_pool[page][i] = unused;
        }
    }
}

/** A number up to a limit, often one of the two ends. */
static uint64_t up_to(uint64_t limit)
{
    switch (guest_random_below(4)) {
    case 0:
        return limit;
    case 1:
        return guest_random_below(8) == 0 ? 0 : limit / 2;
    default:
        return guest_random_below(limit + 1);
    }
}

/** A segment of one to six pages, anywhere on them; one in twelve is empty. */
static void make_segment(struct elf_segment *segment)
{
    static const uint32_t flags[] = {0, ELF_EXECUTE, ELF_WRITE};
    uint64_t start = guest_random_below(3) == 0 ? 0 : guest_random_below(PAGE_SIZE);
    uint64_t last_page = guest_random_below(6) * PAGE_SIZE; /* where the last byte is */
    uint64_t last = guest_random_below(3) == 0 ? PAGE_SIZE - 1 : guest_random_below(PAGE_SIZE);

    segment->type = ELF_LOAD;
    segment->flags = (uint32_t)guest_random_below(2) << 2 | flags[guest_random_below(3)];
    segment->address = 0x10000000 + guest_random_below(0x1000) * PAGE_SIZE + start;
    segment->memory_size = last_page + last >= start ? last_page + last + 1 - start : PAGE_SIZE;
    if (guest_random_below(12) == 0) {
        segment->memory_size = 0;
    }
    segment->file_size = up_to(segment->memory_size);
    segment->offset = guest_random_below(FILE_SIZE - segment->file_size);
    segment->physical = guest_random();
    segment->alignment = guest_random();
}

static void load(void *unused_argument)
{
    struct guest_segment_round *round = &guest_segment_round;

    (void)unused_argument;
    round->error = elf_load_segment(&round->segment, guest_file, (struct thread *)round->thread);
}

static void load_segments(bool refusing)
{
    struct guest_segment_round *round = &guest_segment_round;

    guest_between.program_add_page = add_page;
    for (unsigned i = 0; i < FILE_SIZE; i++) {
        guest_file[i] = (uint8_t)(1 + guest_random_below(255));
    }
    for (guest_segment_number = 0; guest_segment_number < ROUNDS; guest_segment_number++) {
        *round = (struct guest_segment_round){.refused_page = UINT64_MAX};
        clean_pool();
        make_segment(&round->segment);
        round->thread = (uintptr_t)&threads[guest_random_below(THREAD_LIMIT)];
        if (refusing && guest_random_below(2) == 0) {
            round->refused_page = guest_random_below(4);
            round->refused_with = 1 + guest_random_below(10);
        }
        round->begun = true;
        round->faulted = !guest_try(load, NULL, &round->caught);
        round->finished = true;
        guest_checkpoint("loaded");
    }
}

void guest_test_elf_bytes(void);
void guest_test_elf_bytes(void)
{
    load_segments(false);
}

void guest_test_elf_rights(void);
void guest_test_elf_rights(void)
{
    load_segments(true);
}
