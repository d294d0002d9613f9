/**
 * @file
 * A server that answers its clients in another order than they have called, gets signals besides,
 * long messages and slots; and makes calls that have to be refused.
 */
#include "buffer.h"
#include "director.h"
#include "endpoint.h"
#include "ipc.h"
#include "notification.h"

#define CLIENTS 3u
#define LONG_MESSAGES 12u
#define GIVEN_SLOTS 3u /* of the peer's calls, those that are not refused */

static const char *const peers[CLIENTS] = {"peer_a", "peer_b", "peer_c"};
static const slot endpoint = {2};
static const slot notification = {3};

static slot copy_of(unsigned number)
{
    return (slot){10 + number};
}

static slot caller_of(unsigned number)
{
    return (slot){20 + number};
}

static slot signal_of(unsigned number)
{
    return (slot){30 + number};
}

/** Three clients, received in order, answered in the other one, each once. */
static void save_callers(void)
{
    struct message message;
    task_id tasks[CLIENTS];

    for (unsigned i = 0; i < CLIENTS; i++) {
        director_set_up(slot_copy(copy_of(i), endpoint, RIGHT_SEND, 0x100 + i));
        tasks[i] = director_start(peers[i], PEER_CALL, 0, copy_of(i));
    }
    task_sleep(3); /* until all of them wait */
    for (unsigned i = 0; i < CLIENTS; i++) {
        director_set_up(ipc_recv(endpoint, &message, TIMEOUT_NONE));
        guest_report("badge", message.badge);
        guest_report_hex("word", message.words[0]);
        director_set_up(reply_save(caller_of((unsigned)(message.badge - 0x100))));
        guest_report("no-caller", ipc_reply(SLOT_REPLY, &message));
    }
    for (unsigned i = CLIENTS; i-- > 0;) {
        message = (struct message){.info = info_make(0, 1), .words = {guest_random()}};
        guest_report("replied", ipc_reply(caller_of(i), &message));
        guest_report("twice", ipc_reply(caller_of(i), &message));
    }
    for (unsigned i = 0; i < CLIENTS; i++) {
        director_join(tasks[i]);
    }
}

static void receive(const char *key, uint64_t timeout)
{
    struct message message = {.info = 0};
    enum error error = ipc_recv(endpoint, &message, timeout);

    guest_report(key, error);
    if (error == ERROR_NONE) {
        guest_report_hex("info", message.info);
        guest_report_hex("from", message.badge);
    }
}

/** Signals add up, and are taken all at once. */
static void signals(void)
{
    static const unsigned order[] = {0, 1, 0, 2};
    struct call_result taken;

    for (unsigned i = 0; i < CLIENTS; i++) {
        director_set_up(slot_copy(signal_of(i), notification, RIGHT_SEND, 1ul << (4 + 20 * i)));
    }
    for (unsigned i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        director_set_up(notification_signal(signal_of(order[i])));
    }
    taken = notification_wait(notification, TIMEOUT_NONE);
    guest_report("taken", taken.error);
    guest_report_hex("bits", taken.value);
    guest_report("poll", notification_wait(notification, TIMEOUT_NONE).error);
}

/** The same as messages, before other messages and while it waits for one. */
static void bound_signals(void)
{
    task_id sender, signaller;

    director_set_up(notification_bind(notification));
    director_set_up(notification_signal(signal_of(1)));
    sender = director_start("peer_a", PEER_SEND, 0, copy_of(0));
    task_sleep(2); /* until it sends */
    receive("bound", TIMEOUT_NONE);
    receive("bound", TIMEOUT_NONE);
    signaller = director_start("peer_b", PEER_SIGNAL, 3, signal_of(2));
    receive("bound", TIMEOUT_INFINITE);
    receive("empty", 3);
    director_join(sender);
    director_join(signaller);
}

/** Long messages come and go back with every word changed. */
static void long_messages(void)
{
    task_id peer = director_start("peer_c", PEER_LONG, LONG_MESSAGES, copy_of(0));

    for (unsigned i = 0; i < LONG_MESSAGES; i++) {
        struct message message;

        director_set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
        for (unsigned word = 0; word < MESSAGE_REGISTER_WORDS; word++) {
            message.words[word] = ~message.words[word];
        }
        for (uint64_t word = MESSAGE_REGISTER_WORDS; word < info_length(message.info); word++) {
            ipc_buffer->words[word] = ~ipc_buffer->words[word];
        }
        director_set_up(ipc_reply(SLOT_REPLY, &message));
    }
    director_join(peer);
}

/** Slots that travel: into an empty slot, into a full one, into none. */
static void slots_that_travel(void)
{
    static const uint64_t into[GIVEN_SLOTS] = {40, 40, SLOT_LIMIT};
    slot all = {41};
    task_id peer;

    director_set_up(slot_copy(all, endpoint, RIGHT_SEND | RIGHT_GRANT, 5));
    peer = director_start("peer_a", PEER_GIVE, 0, all);
    for (unsigned i = 0; i < GIVEN_SLOTS; i++) {
        struct message message;

        ipc_buffer->receive_slot = into[i];
        director_set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
        guest_report_hex("travels", message.info);
        message.info = info_make(0, 0);
        director_set_up(ipc_reply(SLOT_REPLY, &message));
    }
    ipc_buffer->receive_slot = 0;
    director_join(peer);
    guest_report("arrived", slot_delete((slot){40}));
}

static enum error refused_call(slot where, uint64_t info)
{
    struct message message = {.info = info};

    return ipc_call(where, &message, TIMEOUT_INFINITE);
}

/** One wrong thing in each. */
static void refusals(void)
{
    slot receive_only = {42};
    struct message message = {.info = 0};

    director_set_up(slot_copy(receive_only, endpoint, RIGHT_RECEIVE, 0));
    guest_report("refused", refused_call(receive_only, 0));
    guest_report("refused", refused_call(notification, 0));
    guest_report("refused", refused_call((slot){50}, 0));
    guest_report("refused", refused_call((slot){SLOT_LIMIT}, 0));
    guest_report("refused", refused_call((slot){1ul << 32 | 2}, 0));
    guest_report("refused", refused_call(copy_of(0), MESSAGE_SIGNAL));
    guest_report("refused", refused_call(copy_of(0), MESSAGE_FAULT));
    guest_report("refused", refused_call(copy_of(0), MESSAGE_BUFFER | (MESSAGE_WORDS_MAX + 1)));
    guest_report("refused", refused_call(copy_of(0), info_transfer(endpoint)));
    guest_report("refused", ipc_recv(copy_of(0), &message, TIMEOUT_INFINITE));
    guest_report("refused", notification_wait(signal_of(0), TIMEOUT_INFINITE).error);
    guest_report("refused", slot_copy((slot){50}, copy_of(0), RIGHT_RECEIVE, 0));
    guest_report("refused", slot_copy((slot){50}, copy_of(0), RIGHT_SEND, 7));
    guest_report("refused", slot_copy(endpoint, copy_of(0), RIGHT_SEND, 0));
    guest_report("refused", slot_copy((slot){SLOT_LAST_CALLER}, endpoint, RIGHT_SEND, 0));
    guest_report("refused", reply_save((slot){50}));
    guest_report("refused", ipc_reply((slot){50}, &message));
    guest_report("refused", slot_delete((slot){50}));
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    guest_checkpoint("before");
    director_set_up(endpoint_create(endpoint));
    director_set_up(notification_create(notification));
    save_callers();
    signals();
    bound_signals();
    long_messages();
    slots_that_travel();
    refusals();
    guest_checkpoint("after");
    return 0;
}
