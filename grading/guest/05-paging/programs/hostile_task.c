/**
 * @file
 * A task that makes calls at random about memory and tasks, with arguments that are right, wrong
 * and absurd. What it never does: end, wait for others without end, or change the memory that it
 * runs with itself, its text, data and stack.
 */
#include <stdbool.h>

#include "child.h"
#include "endpoint.h"
#include "guest_program.h"
#include "hostile_parts.h"
#include "ipc.h"
#include "memory.h"

#define ERRORS 32u
#define CHILDREN 4u
#define MOMENT_EVERY 64u /* calls, on average */
#define ARENA 0x0000300000000000u
#define ARENA_PAGES 48u
#define FAR 0x0000008000000000u /* the arena's second half is so much higher: tables of its own */

static const slot starter = {1};
static const slot deaf = {5}; /* an endpoint that nobody receives from */

static uint64_t random_state;
static uint64_t errors[ERRORS];    /* how often each was returned */
static task_id children[CHILDREN]; /* 0: none */

static uint64_t below(uint64_t limit)
{
    return guest_random_next(&random_state) % limit;
}

static bool one_in(uint64_t cases)
{
    return below(cases) == 0;
}

static void count_error(uint64_t error)
{
    errors[error < ERRORS ? error : ERRORS - 1]++;
}

static uint64_t absurd(void)
{
    return guest_random_next(&random_state) >> below(64);
}

/** Mostly a page of the arena, at times one at a border, at times anything. */
static uint64_t any_address(void)
{
    static const uint64_t borders[] = {0,
                                       MEMORY_START - PAGE_SIZE,
                                       MEMORY_BUFFER - PAGE_SIZE,
                                       MEMORY_BUFFER,
                                       MEMORY_END - PAGE_SIZE,
                                       MEMORY_END,
                                       MEMORY_FILES,
                                       0x0000800000000000u,
                                       0xFFFF800000000000u,
                                       0xFFFFFFFF80100000u};

    if (one_in(12)) {
        return borders[below(sizeof(borders) / sizeof(borders[0]))];
    }
    if (one_in(12)) {
        return absurd() | 1ul << 63;
    }
    return ARENA + below(2) * FAR + below(ARENA_PAGES) * PAGE_SIZE + (one_in(20) ? below(64) : 0);
}

static uint64_t any_extent(void)
{
    static const uint64_t rights[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE,
                                      MEMORY_READ | MEMORY_EXECUTE};

    if (one_in(10)) {
        return absurd();
    }
    if (one_in(16)) {
        return MEMORY_EXTENT(below(MEMORY_PAGES_MAX + 2), below(8));
    }
    return MEMORY_EXTENT(1 + below(6), rights[below(3)]);
}

static task_id any_task(void)
{
    if (one_in(12)) {
        return (task_id){absurd()};
    }
    return one_in(2) ? TASK_SELF : children[below(CHILDREN)];
}

static void memory_call(void)
{
    uint64_t address = any_address();

    switch (below(4)) {
    case 0:
        count_error(memory_map(any_task(), address, any_extent()));
        break;
    case 1:
        count_error(memory_unmap(any_task(), address, any_extent()));
        break;
    case 2:
        count_error(memory_protect(any_task(), address, any_extent()));
        break;
    default:
        count_error(memory_share(any_task(), address, any_address(), any_extent()));
    }
}

static slot any_slot(void)
{
    return one_in(6) ? (slot){absurd()} : one_in(3) ? deaf : starter;
}

static void create(void)
{
    unsigned place = (unsigned)below(CHILDREN);
    const char *name = one_in(8) ? (const char *)any_address() : "hostile_child";
    uint64_t length = one_in(8) ? absurd() : 13;
    struct call_result made;

    if (children[place].number != 0) {
        return;
    }
    made = task_create(name, length, any_slot(), any_slot());
    count_error(made.error);
    children[place].number = made.value;
}

static void end_child(unsigned place)
{
    count_error(task_kill(children[place], (int64_t)absurd()));
    count_error(task_join(children[place]).error);
    children[place].number = 0;
}

static void task_call(void)
{
    unsigned place = (unsigned)below(CHILDREN);

    switch (below(4)) {
    case 0:
        if (children[place].number != 0) {
            end_child(place);
        }
        break;
    case 1:
        count_error(task_run(any_task(), any_address(), any_address() & -16ul, absurd()));
        break;
    case 2: /* somebody who can be killed is one of the children */
        count_error(task_kill((task_id){absurd() | 1ul << 40}, 0));
        break;
    default:
        create();
    }
}

/** Touches a page of the arena that is there: the kernel and the CPU agree about it. */
static void touch(void)
{
    uint64_t page = ARENA + below(2) * FAR + below(ARENA_PAGES) * PAGE_SIZE;
    uint64_t extent = MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE);

    if (memory_map(TASK_SELF, page, extent) == ERROR_NONE) {
        *(volatile uint64_t *)page = page;
        count_error(*(volatile uint64_t *)page == page ? ERROR_NONE : ERRORS);
    }
}

static void any_call(void)
{
    uint64_t kind = below(16);

    if (kind < 9) {
        memory_call();
    } else if (kind < 13) {
        task_call();
    } else if (kind < 14) {
        touch();
    } else if (kind < 15) {
        struct message message = {.info = info_make(2, 0)};

        count_error(ipc_call(any_slot(), &message, below(3)));
    } else {
        count_error(task_yield());
    }
}

int64_t guest_main(uint64_t argument)
{
    struct message last = {.info = info_make(1, 0)};
    uint64_t calls = argument & 0xFFFFFFFFu;

    random_state = guest_seed + (argument >> HOSTILE_NUMBER_SHIFT);
    count_error(endpoint_create(deaf));
    for (uint64_t i = 0; i < calls; i++) {
        any_call();
        if (one_in(MOMENT_EVERY)) {
            guest_checkpoint("moment");
        }
    }
    for (unsigned i = 0; i < CHILDREN; i++) {
        if (children[i].number != 0) {
            end_child(i);
        }
    }
    for (unsigned i = 0; i < ERRORS; i++) {
        guest_report("errors", errors[i]);
    }
    guest_checkpoint("quiet");
    return ipc_call(starter, &last, TIMEOUT_INFINITE);
}
