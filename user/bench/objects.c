/**
 * @file
 * Objects: made of memory, mapped, unmapped, copied. Each turn has a slot of its own.
 */
#include "capability.h"
#include "measure.h"
#include "memory.h"
#include "program.h"

#define MEMORY ((slot){SLOT_OWN_MEMORY})
#define SPACE ((slot){SLOT_OWN_SPACE})
#define ENDPOINT ((slot){3})
#define FIRST 4u
#define FIRST_PAGE 0x20000000ul
#define READ_WRITE (MEMORY_READ | MEMORY_WRITE)

_Static_assert(FIRST + MEASURE_LEAD + MEASURE_TURNS <= SLOT_OWN_MEMORY, "there are slots enough");

static void take_back(uint64_t turns)
{
    (void)turns;
    measure_require(slot_revoke(MEMORY));
}

static void make_endpoint(uint64_t turns)
{
    take_back(turns);
    measure_require(untyped_retype(MEMORY, OBJECT(OBJECT_ENDPOINT, 0), ENDPOINT));
}

static void retype_endpoints(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(untyped_retype(MEMORY, OBJECT(OBJECT_ENDPOINT, 0), (slot){FIRST + i}));
    }
}

static void retype_frames(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(untyped_retype(MEMORY, OBJECT(OBJECT_FRAME, 1), (slot){FIRST + i}));
    }
}

static void map_frames(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(
            frame_map((slot){FIRST + i}, SPACE, FIRST_PAGE + i * PAGE_SIZE, READ_WRITE));
    }
}

static void unmap_frames(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(frame_unmap((slot){FIRST + i}));
    }
}

static void mint(uint64_t turns)
{
    for (uint64_t i = 0; i < turns; i++) {
        measure_require(slot_copy((slot){FIRST + i}, ENDPOINT, RIGHT_SEND, i + 1));
    }
}

static void make_frames(uint64_t turns)
{
    take_back(turns);
    retype_frames(turns);
}

static void make_mapped(uint64_t turns)
{
    make_frames(turns);
    map_frames(turns);
}

int64_t main(uint64_t argument)
{
    static const struct measure measures[] = {
        {"retype-endpoint", retype_endpoints, 1, take_back, false, NULL},
        {"retype-frame", retype_frames, 1, take_back, false, NULL},
        {"frame-map", map_frames, 1, make_frames, false, NULL},
        {"frame-unmap", unmap_frames, 1, make_mapped, false, NULL},
        {"mint", mint, 1, make_endpoint, false, NULL},
    };

    (void)argument;
    for (unsigned i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        measure_run(&measures[i]);
    }
    return 0;
}
