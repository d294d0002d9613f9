/**
 * @file
 * Tests of cap_mint(): copies of all kinds, with rights and badges from right to absurd.
 */
#include "abi/memory.h"
#include "cap/cap.h"
#include "guest.h"

#define MINTS 320u

/** A call. */
struct guest_mint {
    bool begun, finished;
    uint64_t rights, badge; /**< the arguments */
    struct slot before, after;
    uint64_t result;
};

/** Read by the grader. */
struct guest_mint guest_mints[MINTS];

static struct guest_mint *mint;

static uint32_t some_rights(void)
{
    return (uint32_t)(1 + guest_random_below(RIGHTS_ALL));
}

/** A copy that is full of random numbers but for what it allows. */
static struct slot copy_of(uint32_t allows)
{
    struct slot slot;
    uint64_t *words = (uint64_t *)&slot;

    for (size_t i = 0; i < sizeof(slot) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
    slot.allows = allows;
    return slot;
}

static struct slot messenger(void)
{
    struct slot slot = copy_of(
        guest_random_below(2) == 0 ? some_rights() : some_rights() << SLOT_NOTIFICATION_SHIFT);

    slot.badge = guest_random_below(2) == 0 ? 0 : guest_random() | 1;
    return slot;
}

static struct slot frame(bool is_read)
{
    uint32_t rights = some_rights() | (is_read ? MEMORY_READ : 0u);
    struct slot slot = copy_of(rights << SLOT_FRAME_SHIFT);

    slot.pages = (uint32_t)(1 + guest_random_below(guest_random_below(2) ? 512 : 4));
    slot.start = guest_random_below((uint64_t)1 << 40) << 12;
    if (guest_random_below(4) == 0) {
        slot.allows |= SLOT_DEVICE;
    }
    return slot;
}

static struct slot ports(void)
{
    struct slot slot = copy_of(SLOT_PORTS);

    slot.start = guest_random_below(0x10000);
    slot.badge = slot.start + guest_random_below(0x10000 - slot.start);
    if (guest_random_below(4) == 0) {
        slot.start = 0;
        slot.badge = 0xFFFF;
    }
    return slot;
}

/** Of a kind that is all or nothing. */
static struct slot whole(void)
{
    static const uint32_t kinds[] = {SLOT_CNODE, SLOT_THREAD, SLOT_SPACE, SLOT_IRQ};

    return copy_of(kinds[guest_random_below(4)]);
}

/** Rights of which some stay, mostly; their higher bits mean nothing. */
static uint64_t any_rights(void)
{
    uint64_t high = guest_random_below(2) == 0 ? 0 : guest_random() & ~RIGHTS_ALL;

    return high | (guest_random_below(3) == 0 ? RIGHTS_ALL : guest_random_below(RIGHTS_ALL + 1));
}

static void call(struct slot copy, uint64_t rights, uint64_t badge)
{
    mint->before = mint->after = copy;
    mint->rights = rights;
    mint->badge = badge;
    mint->begun = true;
    mint->result = cap_mint(&mint->after, rights, badge);
    mint->finished = true;
    mint++;
}

void guest_test_mint_rights(void);
void guest_test_mint_rights(void)
{
    mint = guest_mints;
    for (unsigned i = 0; i < MINTS; i++) {
        switch (i % 5) {
        case 0:
            call(whole(), any_rights(), 0);
            break;
        case 1:
            call(ports(), any_rights(), 0);
            break;
        case 2:
            call(frame(guest_random_below(2) == 0), any_rights(), 0);
            break;
        default:
            call(messenger(), any_rights(), 0);
        }
    }
    guest_checkpoint("done");
}

/** Badges: none, the one that it has, one that looks like it, any. */
static uint64_t any_badge(uint64_t has)
{
    switch (guest_random_below(5)) {
    case 0:
        return 0;
    case 1:
        return has;
    case 2:
        return has ^ (uint64_t)1 << guest_random_below(64);
    case 3: /* among the bits that it has: or-ing it in would change nothing */
        return has & guest_random();
    default:
        return guest_random();
    }
}

void guest_test_mint_badge(void);
void guest_test_mint_badge(void)
{
    mint = guest_mints;
    for (unsigned i = 0; i < MINTS; i++) {
        struct slot copy = i % 4 == 0 ? whole() : messenger();

        call(copy, i % 3 == 0 ? any_rights() : RIGHTS_ALL, any_badge(copy.badge));
    }
    guest_checkpoint("done");
}

/** Pages of a frame: a part, to its very end, one page beyond, or anything. */
static uint64_t any_pages(uint64_t pages)
{
    uint64_t first = guest_random_below(pages);
    uint64_t high = (uint64_t)1 << (16 + guest_random_below(32)); /* of 48 bits for `first` */

    switch (guest_random_below(8)) {
    case 0:
        return 0;
    case 1:
        return FRAME_PART(first, 0);
    case 2:
        return FRAME_PART(first, pages - first);
    case 3:
        return FRAME_PART(first, pages - first + 1 + guest_random_below(8));
    case 4:
        return FRAME_PART(pages + guest_random_below(2), 1 + guest_random_below(4));
    case 5: /* first + pages, as a number of 32 bits or of 48, is small again */
        return FRAME_PART(high - 1 - guest_random_below(4), 4 + guest_random_below(4));
    case 6:
        return guest_random_below(2) == 0 ? guest_random()
                                          : FRAME_PART(high | first, pages - first);
    default:
        return FRAME_PART(first, 1 + guest_random_below(pages - first));
    }
}

/** I/O ports: a part, both ends included, one port beyond, or anything. */
static uint64_t any_ports(uint64_t from, uint64_t to)
{
    uint64_t first = from + guest_random_below(to - from + 1);
    uint64_t last = first + guest_random_below(to - first + 1);

    switch (guest_random_below(7)) {
    case 0:
        return PORTS_PART(from, to);
    case 1:
        return PORTS_PART(first, last + 1 + guest_random_below(0x100));
    case 2:
        return from == 0 ? 0 : PORTS_PART(from - 1, last);
    case 3:
        return PORTS_PART(last, first);
    case 4: /* bits of `first` above 16 */
        return PORTS_PART((guest_random() | 1) << 16 | first, last);
    case 5:
        return guest_random();
    default:
        return PORTS_PART(first, last);
    }
}

void guest_test_mint_parts(void);
void guest_test_mint_parts(void)
{
    mint = guest_mints;
    for (unsigned i = 0; i < MINTS; i++) {
        uint64_t rights = guest_random_below(8) == 0 ? any_rights() : RIGHTS_ALL;

        if (i % 3 == 0) {
            struct slot copy = ports();

            call(copy, any_rights(), any_ports(copy.start, copy.badge));
        } else {
            struct slot copy = frame(guest_random_below(8) != 0);

            call(copy, rights, any_pages(copy.pages));
        }
    }
    guest_checkpoint("done");
}
