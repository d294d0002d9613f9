/**
 * @file
 * Tests of user_check(). What is mapped is the test's own affair: user_memory_find() is answered
 * from a list of pages here, which may have pages anywhere, also where no program ever has one.
 */
#include "mm/user_check.h"

#include "abi/memory.h"
#include "arch/paging.h"
#include "between.h"
#include "guest.h"

#define ROUNDS 1500u
#define AREAS 5u
#define AREA_PAGES 16u
#define RIGHTS_NONE 0x100u /* of a page that is not mapped */

/** A run of pages, some of them mapped. */
struct guest_area {
    uint64_t start;
    uint64_t rights[AREA_PAGES]; /**< a sum of enum memory_rights; RIGHTS_NONE */
};

/** A call, and how often it looked a page up. */
struct guest_check_round {
    uint64_t address, size, rights;
    uint64_t error;
    uint64_t lookups;
    bool begun, finished;
};

/* Read by the grader. */
struct guest_area guest_areas[AREAS];
struct guest_check_round guest_check_rounds[ROUNDS];

static struct guest_check_round *current;

static uint64_t rights_at(uint64_t address)
{
    for (unsigned i = 0; i < AREAS; i++) {
        uint64_t page = (address - guest_areas[i].start) / PAGE_SIZE;

        if (page < AREA_PAGES) {
            return guest_areas[i].rights[page];
        }
    }
    return RIGHTS_NONE;
}

/** In the place of user_memory_find(). */
static void *find(uintptr_t address, unsigned rights)
{
    uint64_t found = rights_at(address);

    current->lookups++;
    return found != RIGHTS_NONE && (rights & ~found) == 0 ? &guest_areas : NULL;
}

static uint64_t any_rights(void)
{
    static const uint64_t choice[] = {MEMORY_READ,
                                      MEMORY_READ | MEMORY_WRITE,
                                      MEMORY_READ | MEMORY_WRITE,
                                      MEMORY_READ | MEMORY_EXECUTE,
                                      MEMORY_READ | MEMORY_WRITE,
                                      RIGHTS_NONE};

    return choice[guest_random_below(sizeof(choice) / sizeof(choice[0]))];
}

/** Areas at both ends of the user's half, round them, in its middle, and in the kernel's half. */
static void make_areas(void)
{
    static const uint64_t half = AREA_PAGES / 2 * PAGE_SIZE;
    uint64_t middle = (guest_random() >> 18 & ~(uint64_t)(PAGE_SIZE - 1)) + 0x100000;

    guest_areas[0].start = middle;
    guest_areas[1].start = 0;
    guest_areas[2].start = MEMORY_END - half;
    guest_areas[3].start = 0xFFFF800000000000u + (guest_random() >> 20 << 12);
    guest_areas[4].start = 0 - AREA_PAGES * (uint64_t)PAGE_SIZE;
    for (unsigned i = 0; i < AREAS; i++) {
        for (unsigned page = 0; page < AREA_PAGES; page++) {
            guest_areas[i].rights[page] = any_rights();
        }
    }
}

static void check(uint64_t address, uint64_t size, unsigned rights)
{
    struct guest_check_round *round = current;

    *round = (struct guest_check_round){address, size, rights, .begun = true};
    round->error = user_check(address, size, rights);
    round->finished = true;
    current++;
}

static unsigned any_access(void)
{
    static const unsigned choice[] = {MEMORY_READ, MEMORY_WRITE, MEMORY_READ | MEMORY_WRITE};

    return choice[guest_random_below(sizeof(choice) / sizeof(choice[0]))];
}

/** An address on a page's first or last bytes, or anywhere on it. */
static uint64_t any_address(const struct guest_area *area)
{
    uint64_t page = area->start + guest_random_below(AREA_PAGES) * PAGE_SIZE;

    switch (guest_random_below(4)) {
    case 0:
        return page;
    case 1:
        return page + PAGE_SIZE - 1 - guest_random_below(2);
    default:
        return page + guest_random_below(PAGE_SIZE);
    }
}

/** From a few bytes to some pages; often up to just the end of a page, or one byte beyond. */
static uint64_t any_size(uint64_t address)
{
    uint64_t rest = PAGE_SIZE - address % PAGE_SIZE;

    switch (guest_random_below(5)) {
    case 0:
        return guest_random_below(9);
    case 1:
        return rest + guest_random_below(2) + guest_random_below(3) * PAGE_SIZE;
    case 2:
        return rest + guest_random_below(4 * PAGE_SIZE);
    default:
        return 1 + guest_random_below(PAGE_SIZE);
    }
}

void guest_test_check_pages(void);
void guest_test_check_pages(void)
{
    make_areas();
    guest_between.user_memory_find = find;
    current = guest_check_rounds;
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t address = any_address(&guest_areas[0]);

        check(address, any_size(address), any_access());
    }
    guest_checkpoint("done");
}

/** Sizes that lead round the end of memory, and such as have no end. */
static uint64_t huge_size(uint64_t address)
{
    switch (guest_random_below(5)) {
    case 0:
        return 0 - address + guest_random_below(3 * PAGE_SIZE); /* up to behind address 0 */
    case 1:
        return UINT64_MAX - guest_random_below(3);
    case 2:
        return MEMORY_END - address + guest_random_below(3) - 1;
    case 3:
        return guest_random();
    default:
        return (uint64_t)1 << guest_random_below(64);
    }
}

void guest_test_check_edges(void);
void guest_test_check_edges(void)
{
    make_areas();
    guest_between.user_memory_find = find;
    current = guest_check_rounds;
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t address = guest_random_below(8) == 0
                               ? guest_random()
                               : any_address(&guest_areas[guest_random_below(AREAS)]);
        uint64_t size = guest_random_below(3) == 0 ? huge_size(address) : any_size(address);

        check(address, guest_random_below(10) == 0 ? 0 : size, any_access());
    }
    guest_checkpoint("done");
}
