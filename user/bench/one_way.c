/**
 * @file
 * One way: a message of eight words that gets no answer.
 */
#include "measure.h"
#include "program.h"

/** Sends to a receiver that waits, and lets it run until it waits again. */
static void one_way(uint64_t turns)
{
    struct message message = {.info = info_make(0, 8)};

    for (; turns > 0; turns--) {
        measure_require(ipc_send(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
        task_yield();
    }
}

/** Sends without a pause: half of the messages find the receiver waiting, half find it behind. */
static void stream(uint64_t turns)
{
    struct message message = {.info = info_make(0, 8)};

    for (; turns > 0; turns--) {
        measure_require(ipc_send(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
    }
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_start_peer("one_way_peer");
    measure_run(&(struct measure){.name = "one-way", .batch = one_way, .per_turn = 1});
    measure_run(&(struct measure){.name = "stream", .batch = stream, .per_turn = 1});
    return 0;
}
