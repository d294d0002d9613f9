/**
 * @file
 * Tests of page_map(): pages with random frames and rights, at addresses that share tables with
 * each other and such that do not.
 */
#include "abi/memory.h"
#include "arch/page_table.h"
#include "guest.h"
#include "pages.h"

#define PLENTY 3u      /* tables that one page can need */
#define FRAME_BITS 40u /* of a frame's number: the frames are never touched */

static const unsigned rights[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE,
                                  MEMORY_READ | MEMORY_EXECUTE, MEMORY_WRITE, MEMORY_EXECUTE};

static uint64_t any_frame(void)
{
    return (1 + guest_random() % ((1ul << FRAME_BITS) - 1)) * GUEST_PAGE_SIZE;
}

static void map_page(struct guest_page_round *round, unsigned number, uint64_t address,
                     uint64_t frame, uint64_t budget)
{
    struct guest_page_call *call = &round->calls[number];

    call->address = address;
    call->frame = frame;
    call->rights = rights[guest_random_below(sizeof(rights) / sizeof(rights[0]))];
    call->budget = budget;
    guest_page_budget(round, budget);
    call->begun = true;
    call->result = page_map(round->root, address, call->frame, (unsigned)call->rights);
    call->taken = round->taken_count;
    call->finished = true;
}

/** An address that no page of the round has been mapped at. */
static uint64_t new_address(const struct guest_page_round *round, unsigned number)
{
    uint64_t address;
    bool is_new;

    do {
        address = number == 0 ? guest_page_address()
                              : guest_page_near(round->calls[guest_random_below(number)].address);
        is_new = true;
        for (unsigned i = 0; i < number; i++) {
            is_new = is_new && round->calls[i].address != address;
        }
    } while (!is_new);
    return address;
}

static struct guest_page_round *begin(unsigned number)
{
    struct guest_page_round *round = &guest_page_rounds[number];

    round->root = guest_page_root();
    round->begun = true;
    return round;
}

/** Every page at an address of its own, and memory for every table. */
static void map_all(void)
{
    guest_pages_begin();
    for (unsigned i = 0; i < GUEST_PAGE_ROUNDS; i++) {
        struct guest_page_round *round = begin(i);

        for (unsigned j = 0; j < GUEST_PAGE_CALLS; j++) {
            map_page(round, j, new_address(round, j), any_frame(), PLENTY);
        }
    }
    guest_checkpoint("done");
}

void guest_test_map_places(void);
void guest_test_map_places(void)
{
    map_all();
}

void guest_test_map_rights(void);
void guest_test_map_rights(void)
{
    map_all();
}

/** Addresses come again, sometimes with their frames, and often there are too few tables. */
void guest_test_map_refused(void);
void guest_test_map_refused(void)
{
    guest_pages_begin();
    for (unsigned i = 0; i < GUEST_PAGE_ROUNDS; i++) {
        struct guest_page_round *round = begin(i);

        for (unsigned j = 0; j < GUEST_PAGE_CALLS; j++) {
            unsigned before = j == 0 ? 0 : (unsigned)guest_random_below(j);
            uint64_t near = guest_page_near(round->calls[before].address);
            bool is_its_frame = j > 0 && guest_random_below(2) == 0;

            map_page(round, j, j == 0 ? guest_page_address() : near,
                     is_its_frame ? round->calls[before].frame : any_frame(),
                     guest_random_below(PLENTY + 1));
        }
    }
    guest_checkpoint("done");
}
