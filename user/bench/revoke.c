/**
 * @file
 * Revoking: all that comes from a capability is taken back, be it one copy or ten thousand. Each
 * turn has a capability of its own, whose copies stand in a large capability space.
 */
#include "capability.h"
#include "measure.h"
#include "program.h"

#define ENDPOINT ((slot){3})
#define FIRST 4u /* those that are revoked: copies of the endpoint */
#define COPIES ((slot){60})
#define FEW 1u
#define MANY 100u
#define MOST 10000u

_Static_assert(FIRST + MEASURE_LEAD + MEASURE_TURNS <= 60, "there are slots enough");
_Static_assert((MEASURE_LEAD + MEASURE_TURNS) * MANY <= MOST, "the large space is large enough");

/** Makes what so many turns revoke. @param count copies for each of them */
static void derive(uint64_t turns, uint64_t count)
{
    uint64_t next = 1;

    measure_require(slot_revoke(ENDPOINT));
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(slot_copy((slot){FIRST + i}, ENDPOINT, RIGHTS_ALL, 0));
        for (uint64_t j = 0; j < count; j++) {
            measure_require(slot_copy(slot_in(COPIES, next++), (slot){FIRST + i}, RIGHTS_ALL, 0));
        }
    }
}

static void derive_few(uint64_t turns)
{
    derive(turns, FEW);
}

static void derive_many(uint64_t turns)
{
    derive(turns, MANY);
}

static void derive_most(uint64_t turns)
{
    derive(turns, MOST);
}

static void revoke(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(slot_revoke((slot){FIRST + i}));
    }
}

int64_t main(uint64_t argument)
{
    static const struct measure measures[] = {
        {"revoke-1", revoke, 1, derive_few, false, NULL},
        {"revoke-100", revoke, 1, derive_many, false, NULL},
        {"revoke-10000", revoke, 1, derive_most, true, NULL},
    };

    (void)argument;
    measure_require(endpoint_create(ENDPOINT));
    measure_require(object_create(OBJECT_CNODE, MOST + 1, COPIES));
    for (unsigned i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        measure_run(&measures[i]);
    }
    return 0;
}
