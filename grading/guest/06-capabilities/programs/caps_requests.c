/**
 * @file
 * A task that makes requests of the root task at random, right ones and hostile ones: labels, words
 * and flags of all kinds, slots that travel, programs that there are and that there are not, joins
 * of whomever, regions; and faults that cannot be mended, in tasks of its own.
 */
#include <stdbool.h>

#include "buffer.h"
#include "capability.h"
#include "endpoint.h"
#include "first_task.h"
#include "guest_program.h"
#include "init/proto.h"
#include "ipc.h"
#include "memory.h"
#include "notification.h"
#include "string.h"
#include "task.h"

#define ERRORS 20u
#define NUMBER_SHIFT 32
#define CHILDREN 4u
#define PATIENCE 200ul /* milliseconds: some requests get no answer */
#define OWN_ENDPOINT 4u
#define OWN_SIGNALS 5u
#define MOMENT_EVERY 32u /* requests, on average */

static uint64_t random_state;
static uint64_t errors[ERRORS];     /* how often each was the answer */
static uint64_t children[CHILDREN]; /* names of tasks that this one has started; 0: none */

static uint64_t below(uint64_t limit)
{
    return guest_random_next(&random_state) % limit;
}

static bool one_in(uint64_t cases)
{
    return below(cases) == 0;
}

static uint64_t absurd(void)
{
    return guest_random_next(&random_state) >> below(64);
}

static void count(uint64_t error)
{
    errors[error < ERRORS ? error : ERRORS - 1]++;
}

/** Asks the root task something, maybe with a slot that travels. @return the answer's word 0 */
static uint64_t ask(struct message *message)
{
    static const uint64_t travelling[] = {OWN_ENDPOINT,    OWN_SIGNALS, SLOT_FAULTS, SLOT_GIVEN,
                                          SLOT_OWN_MEMORY, 9,           200,         0};
    enum error error;

    if (one_in(6)) {
        message->info |= MESSAGE_TRANSFER | travelling[below(8)] << MESSAGE_SLOT_SHIFT;
    }
    if (one_in(24)) {
        message->info |= absurd() & 0xFFFFF3FF;
    }
    ipc_buffer->words[MESSAGE_WITHHELD_WORD] = one_in(4) ? below(8) : 0;
    error = ipc_call(SLOT_PAGER, message, PATIENCE);
    count(error == ERROR_NONE ? info_label(message->info) : error);
    return error == ERROR_NONE && info_label(message->info) == ERROR_NONE ? message->words[0] : 0;
}

static void ask_start(void)
{
    static const char *const names[] = {"hello",    "caps_hostile_no", "",  "scribbler",
                                        "offender", "privileges",      "x", "a_name_of_16chr"};
    struct message message = {.info = info_make(INIT_START, 3), .words = {[2] = absurd()}};
    unsigned place = (unsigned)below(CHILDREN);
    const char *name = names[one_in(3) ? below(8) : 0];

    if (children[place] != 0) {
        return;
    }
    memcpy(message.words, name, strlen(name));
    if (one_in(16)) {
        message.words[0] = absurd();
        message.words[1] = absurd();
    }
    children[place] = ask(&message);
}

static void ask_join(void)
{
    unsigned place = (unsigned)below(CHILDREN);
    struct message message = {.info = info_make(INIT_JOIN, 1), .words = {children[place]}};
    bool is_mine = children[place] != 0 && !one_in(8);

    if (!is_mine) {
        message.words[0] = one_in(2) ? below(64) : absurd();
    }
    ask(&message);
    if (is_mine && info_label(message.info) == ERROR_NONE) {
        children[place] = 0;
    }
}

static void ask_attach(void)
{
    static const uint64_t usual[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE};
    struct message message = {.info = info_make(INIT_ATTACH, 3)};

    message.words[0] = below(8); /* 0 is no name */
    message.words[1] = one_in(8) ? absurd() : 0x0000300000000000u + below(64) * 0x200000;
    message.words[2] = one_in(8) ? absurd() : MEMORY_EXTENT(1 + below(8), usual[below(2)]);
    ask(&message);
}

static void ask_anything(void)
{
    struct message message = {.info = info_make((uint32_t)absurd(), below(9))};

    if (info_label(message.info) == INIT_EXIT) {
        return; /* that would be right */
    }
    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        message.words[i] = absurd();
    }
    ask(&message);
}

/** Messages that are no calls: there is nobody to answer. */
static void tell(void)
{
    struct message message = {.info = info_make((uint32_t)below(9), 3)};

    if (info_label(message.info) == INIT_EXIT) {
        return;
    }
    message.words[0] = absurd();
    if (one_in(3)) {
        message.info |= info_transfer((slot){OWN_ENDPOINT});
    }
    count(ipc_send(SLOT_PAGER, &message, PATIENCE));
}

static void any_request(void)
{
    struct message message = {.info = info_make(one_in(2) ? INIT_COUNTS : INIT_MEMORY, 0)};

    switch (below(8)) {
    case 0:
    case 1:
        ask_start();
        break;
    case 2:
    case 3:
        ask_join();
        break;
    case 4:
        ask_attach();
        break;
    case 5:
        ask_anything();
        break;
    case 6:
        tell();
        break;
    default:
        ask(&message);
    }
}

int64_t guest_main(uint64_t argument)
{
    uint64_t requests = argument & UINT32_MAX;

    random_state = guest_seed + (argument >> NUMBER_SHIFT);
    count(endpoint_create((slot){OWN_ENDPOINT}));
    count(notification_create((slot){OWN_SIGNALS}));
    for (uint64_t i = 0; i < requests; i++) {
        any_request();
        if (one_in(MOMENT_EVERY)) {
            guest_checkpoint("moment");
        }
    }
    for (unsigned i = 0; i < ERRORS; i++) {
        guest_report("errors", errors[i]);
    }
    guest_checkpoint("quiet");
    return 7;
}
