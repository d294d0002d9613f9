/**
 * @file
 * Tests of slots_lookup(): numbers from right to absurd, kinds and rights of all sorts.
 */
#include "guest.h"
#include "ipc/slots.h"
#include "lib/string.h"

#define LOOKUPS 256u
#define SLOTS 8u /* in memory; a capability space has as many or fewer */

/** A call, and the capability space that it is made in. */
struct guest_lookup {
    bool begun, finished;
    uint64_t number, allows;  /**< the arguments */
    uint64_t count;           /**< likewise */
    struct slot slots[SLOTS]; /**< those from `count` on are somebody else's */
    uint64_t result;
    uint64_t unset, found; /**< `*found` before and after */
    bool changed;          /**< the slots are not as they were */
};

/** The slots in memory. On both sides stands what is asked for, and is somebody else's. */
struct guest_lookup_memory {
    struct slot before, slots[SLOTS], behind;
};

/* Read by the grader. */
struct guest_lookup guest_lookups[LOOKUPS];
struct guest_lookup_memory guest_lookup_memory;

static struct guest_lookup *lookup;

/* --- what a slot may allow --- */

static uint32_t some_of(uint32_t all)
{
    uint32_t some;

    do {
        some = all & (uint32_t)guest_random();
    } while (some == 0);
    return some;
}

/** One kind, with one or more rights. */
static uint32_t any_kind(void)
{
    static const uint32_t kinds[] = {SLOT_REPLY, SLOT_UNTYPED, SLOT_CNODE, SLOT_THREAD,
                                     SLOT_SPACE, SLOT_IRQ,     SLOT_PORTS};
    uint64_t choice = guest_random_below(3 + sizeof(kinds) / sizeof(*kinds));

    switch (choice) {
    case 0:
        return some_of(SLOT_ENDPOINT);
    case 1:
        return some_of(SLOT_NOTIFICATION);
    case 2:
        return some_of(SLOT_FRAME);
    default:
        return kinds[choice - 3];
    }
}

/** What a slot holds: also nothing, or what is about to be nothing, or a device's frame. */
static uint32_t any_content(void)
{
    static const uint32_t nothings[] = {SLOT_EMPTY, SLOT_CLOSING_ENDPOINT,
                                        SLOT_CLOSING_NOTIFICATION};
    uint32_t allows = any_kind();

    if (guest_random_below(8) == 0) {
        return nothings[guest_random_below(3)];
    }
    return allows & SLOT_FRAME && guest_random_below(2) == 0 ? allows | SLOT_DEVICE : allows;
}

/** All rights of a kind. */
static uint32_t rights_of(uint32_t allows)
{
    static const uint32_t kinds[] = {SLOT_ENDPOINT, SLOT_NOTIFICATION, SLOT_FRAME};

    for (unsigned i = 0; i < 3; i++) {
        if (allows & kinds[i]) {
            return kinds[i];
        }
    }
    return 0;
}

/* --- numbers --- */

/** A number that is none, or one of a few that are. Its low bits name a slot that is there. */
static uint64_t any_number(unsigned round)
{
    uint64_t count = lookup->count;
    uint64_t low = count == 0 ? 0 : guest_random_below(count);

    switch (round % 8) {
    case 0:
        return 0;
    case 1:
        return count == 0 ? 0 : count - 1;
    case 2:
        return count; /* one too many */
    case 3:
        return count + guest_random_below(SLOTS);
    case 4:
        return (uint64_t)1 << (3 + guest_random_below(61)) | low;
    case 5:
        return (guest_random() | 1) << (4 + guest_random_below(56)) | low;
    case 6: /* one more is 0: the slot before the first one */
        return guest_random_below(2) == 0 ? -(uint64_t)1 : -(uint64_t)2 - guest_random_below(SLOTS);
    default:
        return low;
    }
}

/** What the slot of a number holds, or of its low bits. */
static uint32_t content_of(uint64_t number)
{
    return lookup->slots[number % SLOTS].allows;
}

/* --- calls --- */

static struct slot any_slot(void)
{
    struct slot slot;
    uint64_t *words = (uint64_t *)&slot;

    for (size_t i = 0; i < sizeof(slot) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
    slot.allows = any_content();
    return slot;
}

static void prepare(unsigned number)
{
    lookup = &guest_lookups[number];
    for (unsigned i = 0; i < SLOTS; i++) {
        lookup->slots[i] = any_slot();
    }
    lookup->count = number % 7 == 6 ? 0 : 1 + guest_random_below(SLOTS);
    lookup->unset = guest_random();
}

static void call(void)
{
    struct guest_lookup_memory *memory = &guest_lookup_memory;
    struct slot *found = (struct slot *)(uintptr_t)lookup->unset;
    struct slot beside = any_slot();
    struct guest_lookup_memory before;

    beside.allows = (uint32_t)lookup->allows;
    memory->before = memory->behind = beside;
    memcpy(memory->slots, lookup->slots, sizeof(memory->slots));
    before = *memory;
    lookup->begun = true;
    lookup->result = slots_lookup(lookup->count == 0 ? NULL : memory->slots, lookup->count,
                                  lookup->number, lookup->allows, &found);
    lookup->found = (uintptr_t)found;
    lookup->changed = memcmp(memory, &before, sizeof(before)) != 0;
    lookup->finished = true;
}

/** What is asked for is what the slot has, or any kind where it has nothing. */
void guest_test_lookup_numbers(void);
void guest_test_lookup_numbers(void)
{
    for (unsigned i = 0; i < LOOKUPS; i++) {
        uint32_t content;

        prepare(i);
        lookup->number = any_number((unsigned)guest_random());
        content = content_of(lookup->number) &
                  ~(uint32_t)(SLOT_DEVICE | SLOT_CLOSING_ENDPOINT | SLOT_CLOSING_NOTIFICATION);
        lookup->allows = content == SLOT_EMPTY ? any_kind() : content;
        call();
    }
    guest_checkpoint("done");
}

/** The slots are there; what is asked for is of the right kind mostly. */
void guest_test_lookup_rights(void);
void guest_test_lookup_rights(void)
{
    for (unsigned i = 0; i < LOOKUPS; i++) {
        uint32_t rights;

        prepare(i);
        lookup->number = guest_random_below(lookup->count == 0 ? 1 : lookup->count);
        rights = rights_of(content_of(lookup->number));
        lookup->allows = rights == 0 || guest_random_below(4) == 0 ? any_kind() : some_of(rights);
        call();
    }
    guest_checkpoint("done");
}
