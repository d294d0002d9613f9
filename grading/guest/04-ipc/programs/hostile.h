/**
 * @file
 * A task that makes calls at random, with arguments that are right, wrong and absurd. What it never
 * does: end, wait without end for somebody who may not come, or change its slot SLOT_ECHO, whose
 * server always answers.
 *
 * Each of these tasks is a program of its own: they cannot be in memory twice as long as all share
 * one address space.
 */
#include "buffer.h"
#include "console.h"
#include "endpoint.h"
#include "guest_program.h"
#include "hostile_slots.h"
#include "ipc.h"
#include "notification.h"
#include "string.h"
#include "task.h"

#define KINDS 16u
#define ERRORS 64u

static uint64_t errors[ERRORS]; /* how often each was returned */

static void count_error(uint64_t error)
{
    errors[error < ERRORS ? error : ERRORS - 1]++;
}

/** A slot that the program may do anything to. */
static slot any_slot(void)
{
    switch (guest_random_below(12)) {
    case 0:
        return (slot){SLOT_LIMIT + guest_random_below(3)};
    case 1:
        return (slot){guest_random()};
    case 2:
        return (slot){guest_random_below(4)};
    default:
        return (slot){SLOT_FREE + guest_random_below(8)};
    }
}

/** A slot that nothing is done to: SLOT_ECHO is among them. */
static slot used_slot(void)
{
    return guest_random_below(2) == 0 ? any_slot() : (slot){1 + guest_random_below(4)};
}

/** Mostly right: lengths up to 512, and at times flags and slots. */
static uint64_t any_info(void)
{
    uint64_t info = guest_random_below(2) == 0 ? guest_random() : guest_random_below(513);

    if (guest_random_below(4) == 0) {
        info = (info & MESSAGE_LENGTH_MASK) | info_transfer(used_slot());
    }
    return info;
}

static uint64_t short_timeout(void)
{
    return guest_random_below(3);
}

/** Only the server that always answers is waited for without end. */
static void call_echo(void)
{
    struct message message = {.info = any_info()};

    count_error(ipc_call((slot){SLOT_ECHO}, &message, TIMEOUT_INFINITE));
}

static void message_call(uint64_t number)
{
    struct message message = {.info = any_info()};

    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message.words[i] = guest_random();
    }
    ipc_buffer->receive_slot = any_slot().number;
    ipc_buffer->words[1 + guest_random_below(MESSAGE_WORDS_MAX - 1)] = guest_random();
    count_error(ipc_enter((enum call_number)number, used_slot(), &message, short_timeout()));
}

static void slot_call(void)
{
    uint64_t badge = guest_random_below(3);
    uint64_t rights = guest_random_below(2) == 0 ? guest_random_below(8) : guest_random();

    switch (guest_random_below(5)) {
    case 0:
        count_error(slot_delete((slot){SLOT_FREE + guest_random_below(8)}));
        break;
    case 1:
        count_error(slot_delete((slot){SLOT_LIMIT + guest_random()}));
        break;
    case 2:
        count_error(reply_save(any_slot()));
        break;
    default:
        count_error(slot_copy(any_slot(), used_slot(), rights, badge));
    }
}

/** Addresses and lengths that are nobody's. */
static void memory_call(void)
{
    const char *address = (const char *)(guest_random() >> guest_random_below(64));
    uint64_t length = guest_random() >> guest_random_below(64);

    if (guest_random_below(2) == 0) {
        count_error(console_write(address, length));
    } else {
        count_error(task_start(address, length, 0, used_slot()).error);
    }
}

static void notification_call(void)
{
    switch (guest_random_below(4)) {
    case 0:
        count_error(notification_wait(used_slot(), short_timeout()).error);
        break;
    case 1:
        count_error(notification_bind(used_slot()));
        break;
    default:
        count_error(notification_signal(used_slot()));
    }
}

static void other_call(void)
{
    switch (guest_random_below(6)) {
    case 0:
        count_error(endpoint_create(any_slot()));
        break;
    case 1:
        count_error(notification_create(any_slot()));
        break;
    case 2:
        count_error(call_kernel(1000 + guest_random_below(1000), guest_random(), 0, 0).error ==
                            ERROR_UNKNOWN_CALL
                        ? ERROR_UNKNOWN_CALL
                        : ERROR_NONE);
        break;
    case 3:
        count_error(task_join((task_id){guest_random() | 1ul << 40}).error);
        break;
    case 4:
        count_error(task_sleep(short_timeout()));
        break;
    default:
        memory_call();
    }
}

static void any_call(void)
{
    uint64_t kind = guest_random_below(KINDS);

    if (kind < 5) {
        message_call(CALL_IPC_CALL + kind);
    } else if (kind < 7) {
        call_echo();
    } else if (kind < 11) {
        slot_call();
    } else if (kind < 14) {
        notification_call();
    } else {
        other_call();
    }
}

/** Asks the program that has started this one for three slots. */
static void get_slots(void)
{
    for (uint64_t number = SLOT_FIRST; number <= SLOT_ECHO; number++) {
        struct message message = {.info = info_make(0, 0)};

        ipc_buffer->receive_slot = number;
        count_error(ipc_call((slot){1}, &message, TIMEOUT_INFINITE));
    }
}

int64_t guest_main(uint64_t argument)
{
    get_slots();
    for (uint64_t i = 0; i < argument; i++) {
        any_call();
        if (guest_random_below(MOMENT_EVERY) == 0) {
            guest_checkpoint("moment");
        }
    }
    for (unsigned i = 0; i < ERRORS; i++) {
        guest_report("errors", errors[i]);
    }
    return 0;
}
