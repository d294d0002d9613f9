/**
 * @file
 * Tests of space_share_page(): what it does to a frame's uses and to the place where it is to be
 * shown. All that it calls is the test's own.
 */
#include "arch/page_table.h"
#include "between.h"
#include "guest.h"
#include "mm/space.h"
#include "pages.h"

#define SHARES 96u

/** A call, and the little that there is around it. */
struct guest_share {
    bool begun, finished;
    uint64_t to_root, to, from_root, from, rights; /**< the arguments */
    uint64_t frame, has;                           /**< what is mapped at `from`; 0: nothing */
    bool uses_are_full;                            /**< frame_uses_add() refuses */
    uint64_t map_error;                            /**< what page_map() answers */
    uint64_t result;
    uint64_t uses_before; /**< further uses of the frame */
    int64_t uses_added;   /**< the uses that it has more at the end */
    bool was_lost;        /**< there was a moment when it had no use at all */
    uint64_t mapped;      /**< how often page_map() has mapped it, less page_unmap() */
    uint64_t mapped_root, mapped_at, mapped_frame, mapped_rights;
    uint64_t strangers; /**< calls about another frame or another place */
};

/** Read by the grader. */
struct guest_share guest_shares[SHARES];

static struct guest_share *share;

static uint64_t find(uint64_t root, uintptr_t address, unsigned *rights)
{
    if (root != share->from_root || address != share->from) {
        share->strangers++;
        return 0;
    }
    if (share->frame != 0) {
        *rights = (unsigned)share->has;
    }
    return share->frame;
}

static void count_use(uint64_t frame, int64_t change)
{
    share->strangers += frame != share->frame;
    share->uses_added += change;
    share->was_lost = share->was_lost || (int64_t)share->uses_before + share->uses_added < 0;
}

static bool add_use(uint64_t frame)
{
    if (!share->uses_are_full) {
        count_use(frame, 1);
    }
    return !share->uses_are_full;
}

/** Whoever asks: a page of such a frame can be given rights, but not by showing it. */
static bool is_single(uint64_t frame)
{
    share->strangers += frame != share->frame;
    return share->uses_before == 0 && share->uses_added == 0;
}

static void drop_use(uint64_t frame)
{
    count_use(frame, -1);
}

static enum error map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    if (share->map_error == ERROR_NONE) {
        share->mapped++;
        share->mapped_root = root;
        share->mapped_at = address;
        share->mapped_frame = frame;
        share->mapped_rights = rights;
    }
    return (enum error)share->map_error;
}

static uint64_t unmap(uint64_t root, uintptr_t address)
{
    if (share->mapped == 0 || root != share->mapped_root || address != share->mapped_at) {
        share->strangers++;
        return 0;
    }
    share->mapped--;
    return share->mapped_frame;
}

static uint64_t any_rights(void)
{
    static const uint64_t all[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE,
                                   MEMORY_READ | MEMORY_EXECUTE};

    return all[guest_random_below(sizeof(all) / sizeof(all[0]))];
}

static void prepare(void)
{
    share->to_root = guest_random_below(1u << 20) * GUEST_PAGE_SIZE;
    share->from_root = guest_random_below(3) == 0 ? share->to_root
                                                  : guest_random_below(1u << 20) * GUEST_PAGE_SIZE;
    share->to = guest_page_address();
    share->from = guest_page_address();
    share->frame = (1 + guest_random_below(1ul << 40)) * GUEST_PAGE_SIZE;
    share->has = any_rights();
    share->rights = guest_random_below(2) == 0 ? MEMORY_READ : share->has;
    share->uses_before = guest_random_below(3);
    share->map_error = ERROR_NONE;
}

static void run(unsigned number, void (*spoil)(unsigned kind))
{
    guest_between.page_find = find;
    guest_between.frame_uses_add = add_use;
    guest_between.frame_uses_is_single = is_single;
    guest_between.frame_uses_drop = drop_use;
    guest_between.page_map = map;
    guest_between.page_unmap = unmap;
    share = &guest_shares[number];
    prepare();
    spoil(number);
    share->begun = true;
    share->result = space_share_page(share->to_root, share->to, share->from_root, share->from,
                                     (unsigned)share->rights);
    share->finished = true;
}

static void nothing_wrong(unsigned kind)
{
    (void)kind;
}

/** One reason to refuse. */
static void one_wrong(unsigned kind)
{
    switch (kind % 5) {
    case 0:
        share->frame = 0;
        break;
    case 1: /* each right that is asked for in vain */
        share->has = kind % 2 == 0 ? MEMORY_READ : MEMORY_READ | MEMORY_EXECUTE;
        share->rights = kind % 2 == 0 && kind % 4 != 0 ? MEMORY_READ | MEMORY_EXECUTE
                                                       : MEMORY_READ | MEMORY_WRITE;
        break;
    case 2:
        share->uses_are_full = true;
        break;
    case 3:
        share->map_error = ERROR_BUSY;
        break;
    default:
        share->map_error = ERROR_NO_MEMORY;
    }
}

void guest_test_share_shown(void);
void guest_test_share_shown(void)
{
    for (unsigned i = 0; i < SHARES; i++) {
        run(i, nothing_wrong);
    }
    guest_checkpoint("done");
}

void guest_test_share_refused(void);
void guest_test_share_refused(void)
{
    for (unsigned i = 0; i < SHARES; i++) {
        run(i, one_wrong);
    }
    guest_checkpoint("done");
}
