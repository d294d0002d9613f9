/**
 * @file
 * A task that plays one of several parts. What it is given in slot 1 belongs to the part.
 *
 * Each of these tasks is a program of its own: they cannot be in memory twice as long as all share
 * one address space.
 */
#include "peer_parts.h"

#include "buffer.h"
#include "digest.h"
#include "endpoint.h"
#include "guest_program.h"
#include "ipc.h"
#include "notification.h"
#include "task.h"

static const slot given = {1};

/** Sends a request with a random word, and reports what comes back. */
static int64_t call(uint64_t timeout)
{
    struct message message = {.info = info_make(1, 1), .words = {guest_random()}};
    enum error error = ipc_call(given, &message, timeout);

    guest_report("error", error);
    if (error == ERROR_NONE) {
        guest_report_hex("answer", message.words[0]);
        guest_report_hex("badge", message.badge);
    }
    return error;
}

/** Sends a message with a random word. */
static int64_t send(void)
{
    struct message message = {.info = info_make(2, 1), .words = {guest_random()}};

    return ipc_send(given, &message, TIMEOUT_INFINITE);
}

/** Receives a request and answers it late. */
static int64_t hold(uint64_t milliseconds)
{
    struct message message;
    enum error error = ipc_recv(given, &message, TIMEOUT_INFINITE);

    task_sleep(milliseconds);
    guest_report("received", error);
    return ipc_reply(SLOT_REPLY, &message);
}

/** Receives two requests, when they and others are there, and ends with them. */
static int64_t die(uint64_t milliseconds)
{
    struct message message;

    task_sleep(milliseconds);
    guest_report("received", ipc_recv(given, &message, TIMEOUT_INFINITE));
    guest_report("received", reply_save((slot){5}));
    guest_report("received", ipc_recv(given, &message, TIMEOUT_INFINITE));
    return 0;
}

/** Sends the endpoint in slot 5 along with calls, in every way that may be right or wrong. */
static int64_t give_slot(void)
{
    static const uint64_t travels[] = {5, 5, 5, 6, 0, SLOT_LIMIT};

    guest_report("made", endpoint_create((slot){5}));
    for (unsigned i = 0; i < sizeof(travels) / sizeof(travels[0]); i++) {
        struct message message = {.info = info_make(i, 0) | info_transfer((slot){travels[i]})};

        guest_report("error", ipc_call(given, &message, TIMEOUT_INFINITE));
    }
    return 0;
}

/** Sends long messages, whose words are in the IPC buffer. */
static int64_t send_long(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t length = peer_long_length(guest_random());
        struct message message = {.info = info_make(3, length)};
        uint64_t digest = 0;

        for (unsigned word = 0; word < MESSAGE_WORDS_MAX; word++) {
            ipc_buffer->words[word] = guest_random();
        }
        for (unsigned word = 0; word < MESSAGE_REGISTER_WORDS; word++) {
            message.words[word] = guest_random();
        }
        guest_report("error", ipc_call(given, &message, TIMEOUT_INFINITE));
        for (uint64_t word = 0; word < length; word++) {
            digest = digest_add(digest, word < MESSAGE_REGISTER_WORDS ? message.words[word]
                                                                      : ipc_buffer->words[word]);
        }
        guest_report_hex("digest", digest);
    }
    return 0;
}

int64_t guest_main(uint64_t argument)
{
    uint64_t number = argument >> PEER_NUMBER_SHIFT;

    switch (argument & PEER_PART_MASK) {
    case PEER_CALL:
        return call(number == 0 ? TIMEOUT_INFINITE : number);
    case PEER_SEND:
        return send();
    case PEER_HOLD:
        return hold(number);
    case PEER_DIE:
        return die(number);
    case PEER_GIVE:
        return give_slot();
    case PEER_LONG:
        return send_long(number);
    default: /* PEER_SIGNAL */
        task_sleep(number);
        return notification_signal(given);
    }
}
