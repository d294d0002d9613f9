/**
 * @file
 * A test of syscall_enter(), with a table of system calls whose size is new in every round.
 */
#include "between.h"
#include "catch.h"
#include "guest.h"

#define ROUNDS 400u
#define NOBODY UINT64_MAX

/** A call. */
struct guest_dispatch_round {
    uint64_t table_size, number, arguments[4];
    uint64_t called;          /**< the function that was called; NOBODY: none */
    uint64_t arrived[4];      /**< its arguments */
    struct call_result given; /**< what it returned */
    struct call_result result;
    bool begun, finished, faulted;
    struct guest_caught caught; /**< if it faulted */
};

/* Read by the grader. */
struct guest_dispatch_round guest_dispatch_rounds[ROUNDS];

uint64_t __wrap_call_table_size;

static struct guest_dispatch_round *current;

struct call_result guest_called(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                uint64_t function);
struct call_result guest_called(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                uint64_t function)
{
    current->called = function;
    current->arrived[0] = first;
    current->arrived[1] = second;
    current->arrived[2] = third;
    current->arrived[3] = fourth;
    return current->given;
}

/** Right numbers, those just behind the table, and such as become right when they are cut off. */
static uint64_t any_number(uint64_t size)
{
    switch (guest_random_below(6)) {
    case 0:
        return size + guest_random_below(4);
    case 1:
        return guest_random() << 32 | guest_random_below(size);
    case 2:
        return UINT64_MAX - guest_random_below(3);
    case 3:
        return guest_random_below(size) | (uint64_t)1 << (8 + guest_random_below(56));
    default:
        return guest_random_below(4) == 0 ? size - 1 : guest_random_below(size);
    }
}

static void call(void *argument)
{
    struct guest_dispatch_round *round = argument;

    round->result = __real_syscall_enter(round->arguments[0], round->arguments[1],
                                         round->arguments[2], round->arguments[3], round->number);
}

void guest_test_dispatch_numbers(void);
void guest_test_dispatch_numbers(void)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct guest_dispatch_round *round = current = &guest_dispatch_rounds[i];

        round->table_size = __wrap_call_table_size = 1 + guest_random_below(GUEST_TABLE_ROOM - 8);
        round->number = any_number(round->table_size);
        for (unsigned n = 0; n < 4; n++) {
            round->arguments[n] = guest_random();
        }
        round->given = (struct call_result){guest_random(), guest_random()};
        round->called = NOBODY;
        round->begun = true;
        round->faulted = !guest_try(call, round, &round->caught);
        round->finished = true;
    }
    guest_checkpoint("done");
}
