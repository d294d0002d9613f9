/**
 * @file
 * The round trip: a request to a server that waits, and its answer, in messages of several lengths.
 */
#include "measure.h"
#include "program.h"

/** Sends requests of a length; the words of each are those of the last answer. */
static inline void round_trips(uint64_t turns, uint64_t words)
{
    struct message message = {0};

    for (; turns > 0; turns--) {
        message.info = info_make(0, words);
        measure_require(ipc_call(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
    }
}

static void round_trip_0(uint64_t turns)
{
    round_trips(turns, 0);
}

static void round_trip_4(uint64_t turns)
{
    round_trips(turns, 4);
}

static void round_trip_8(uint64_t turns)
{
    round_trips(turns, 8);
}

static void round_trip_64(uint64_t turns)
{
    round_trips(turns, 64);
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_start_peer("round_trip_peer");
    measure_run(&(struct measure){.name = "round-trip-0", .batch = round_trip_0, .per_turn = 1});
    measure_run(&(struct measure){.name = "round-trip-4", .batch = round_trip_4, .per_turn = 1});
    measure_run(&(struct measure){.name = "round-trip-8", .batch = round_trip_8, .per_turn = 1});
    measure_run(&(struct measure){.name = "round-trip-64", .batch = round_trip_64, .per_turn = 1});
    return 0;
}
