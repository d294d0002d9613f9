/**
 * @file
 * Tests of untyped_place(): memory that is only on paper, since it finds places and touches none.
 */
#include "arch/paging.h"
#include "guest.h"
#include "lib/string.h"
#include "object/object.h"

/** A call. */
struct guest_place {
    bool begun, finished;
    struct slot untyped; /**< the arguments */
    struct object_size size;
    uint64_t result;
    uint64_t unset, offset; /**< `*offset` before and after */
    bool changed;           /**< the untyped or the size is not as it was */
};

static struct slot child; /* of every untyped that has one */

static void call(struct guest_place *place)
{
    struct slot untyped = place->untyped;
    struct object_size size = place->size;

    place->unset = place->offset = guest_random();
    place->begun = true;
    place->result = untyped_place(&untyped, &size, &place->offset);
    place->changed = memcmp(&untyped, &place->untyped, sizeof(untyped)) != 0 ||
                     memcmp(&size, &place->size, sizeof(size)) != 0;
    place->finished = true;
}

/* --- each place on its own --- */

#define PLACES 384u
#define UNIT 64u /* no object is smaller, or begins between two of these */
#define UNITS_MOST 4096u

/** Read by the grader. */
struct guest_place guest_places[PLACES];

/** Bytes behind the place that an object of this alignment would have; less than 0: there is no
 * such place. */
static int64_t room(const struct guest_place *place)
{
    uint64_t first = place->untyped.child == NULL ? 0 : place->untyped.extra;
    uint64_t address = place->untyped.start + first;
    uint64_t skipped = -address & (place->size.alignment - 1);

    return (int64_t)(place->untyped.badge - first - skipped);
}

static uint64_t any_bytes(unsigned kind, int64_t left)
{
    switch (kind) {
    case 0: /* the very last byte is used */
        return left > 0 ? (uint64_t)left : UNIT;
    case 1:
        return left > 0 ? (uint64_t)left + 1 + guest_random_below(UNIT) : UNIT;
    case 2: /* its end is beyond all numbers */
        return -(uint64_t)(1 + guest_random_below(UNITS_MOST * UNIT));
    case 3:
        return (uint64_t)1 << (20 + guest_random_below(44));
    case 4:
        return 1 + guest_random_below(UNIT);
    default:
        return UNIT * (1 + guest_random_below(UNITS_MOST / 4));
    }
}

static struct slot any_untyped(void)
{
    uint64_t units = 1 + guest_random_below(UNITS_MOST);
    struct slot untyped = {.allows = SLOT_UNTYPED, .badge = units * UNIT};

    untyped.start = UNIT * guest_random_below((uint64_t)1 << 36);
    untyped.pages = (uint32_t)guest_random();
    switch (guest_random_below(4)) {
    case 0: /* nothing is left of it, or less than an object's alignment */
        untyped.extra = untyped.badge - UNIT * guest_random_below(units < 16 ? units + 1 : 16);
        break;
    case 1:
        untyped.extra = guest_random_below(untyped.badge + 1);
        break;
    default:
        untyped.extra = UNIT * guest_random_below(units + 1);
    }
    untyped.child = guest_random_below(4) == 0 ? NULL : &child;
    return untyped;
}

void guest_test_retype_place(void);
void guest_test_retype_place(void)
{
    for (unsigned i = 0; i < PLACES; i++) {
        struct guest_place *place = &guest_places[i];

        place->untyped = any_untyped();
        place->size.alignment = (uint64_t)1 << guest_random_below(18);
        place->size.bytes = any_bytes(i % 8, room(place));
        call(place);
    }
    guest_checkpoint("done");
}

/* --- one behind the other, until the memory is full --- */

#define FILLS 10u
#define OBJECTS 40u

/** An untyped, and objects in it. */
struct guest_fill {
    bool begun;
    struct guest_place places[OBJECTS];
};

/** Read by the grader. */
struct guest_fill guest_fills[FILLS];

/** Any object; its size is the kernel's. */
static struct object_size any_object(void)
{
    static const uint64_t kinds[] = {OBJECT_ENDPOINT, OBJECT_THREAD,  OBJECT_CNODE,
                                     OBJECT_FRAME,    OBJECT_UNTYPED, OBJECT_NOTIFICATION};
    uint64_t kind = kinds[guest_random_below(sizeof(kinds) / sizeof(*kinds))];
    uint64_t count = 0;
    struct object_size size;

    if (kind == OBJECT_CNODE) {
        count = 2 + guest_random_below(200);
    } else if (kind == OBJECT_FRAME || kind == OBJECT_UNTYPED) {
        count = 1 + guest_random_below(6);
    }
    if (!object_measure(OBJECT(kind, count), &size)) {
        guest_report_text("trouble", "object_measure() knows no such object");
        guest_end();
    }
    return size;
}

/** What untyped_make() would write down; now and then all objects go. */
static void go_on(struct slot *untyped, const struct guest_place *place)
{
    if (place->result == ERROR_NONE) {
        untyped->extra = place->offset + place->size.bytes;
        untyped->child = &child;
    } else if (guest_random_below(4) == 0) {
        untyped->child = NULL;
    }
}

void guest_test_retype_fill(void);
void guest_test_retype_fill(void)
{
    for (unsigned i = 0; i < FILLS; i++) {
        struct guest_fill *fill = &guest_fills[i];
        struct slot untyped = {.allows = SLOT_UNTYPED,
                               .badge = PAGE_SIZE * (4 + guest_random_below(40)),
                               .start = PAGE_SIZE * guest_random_below((uint64_t)1 << 30)};

        fill->begun = true;
        for (unsigned j = 0; j < OBJECTS; j++) {
            fill->places[j].untyped = untyped;
            fill->places[j].size = any_object();
            call(&fill->places[j]);
            go_on(&untyped, &fill->places[j]);
        }
    }
    guest_checkpoint("done");
}
