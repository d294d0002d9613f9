/**
 * @file
 * The name server: keeps endpoints by name for servers, hands them out to clients.
 *
 * Whoever asks for a name that nobody has registered yet waits, so the order in which programs
 * start does not matter: the authority to answer is put aside until the name comes. The slots:
 *
 *     1         the server's endpoint; badges of messages are the senders' task ids
 *     3         where an endpoint arrives
 *     4         the copy that goes out with an answer
 *     5 ...     the endpoint of each entry
 *     32 ...    the caller of each wait
 *
 * An entry whose name is empty is free, and its slot is empty. A wait is free when its slot is
 * empty, whatever its record says: the kernel empties the slot of a caller that has given up.
 */
#include "names/proto.h"

#include "buffer.h"
#include "program.h"
#include "server.h"
#include "string.h"

#define ARRIVING ((slot){3})
#define LEAVING ((slot){4})
#define FIRST_ENTRY 5u
#define FIRST_WAIT 32u
#define ENTRIES (FIRST_WAIT - FIRST_ENTRY)
#define WAITS (SLOT_LIMIT - FIRST_WAIT)

#define CLIENT_RIGHTS (RIGHT_SEND | RIGHT_GRANT)

/** A name, and the task that registered it or waits for it. */
struct record {
    uint64_t name[NAME_WORDS];
    uint64_t task;
};

static struct record entries[ENTRIES];
static struct record waits[WAITS];

/** Looks for a name; the empty one finds a free entry. @return NULL when there is none */
static struct record *find(struct record *records, unsigned count, const uint64_t *name)
{
    for (unsigned i = 0; i < count; i++) {
        if (memcmp(records[i].name, name, sizeof(records[i].name)) == 0) {
            return &records[i];
        }
    }
    return NULL;
}

static struct record *find_free_entry(void)
{
    static const uint64_t no_name[NAME_WORDS];

    return find(entries, ENTRIES, no_name);
}

static void fill(struct record *record, const struct message *message)
{
    memcpy(record->name, message->words, sizeof(record->name));
    record->task = message->badge;
}

static slot entry_slot(const struct record *entry)
{
    return (slot){FIRST_ENTRY + (uint64_t)(entry - entries)};
}

static slot wait_slot(const struct record *wait)
{
    return (slot){FIRST_WAIT + (uint64_t)(wait - waits)};
}

/** Puts the caller aside. @return its wait, to be filled; NULL: there is no room, or no caller */
static struct record *save_caller(void)
{
    for (struct record *wait = waits; wait < waits + WAITS; wait++) {
        if (reply_save(wait_slot(wait)) == ERROR_NONE) {
            return wait;
        }
    }
    return NULL;
}

/** Finds out whether nobody can receive from an entry's endpoint any more. Whoever waits there gets
 * an empty message. The slot is empty when the endpoint is gone with the memory that it was in. */
static bool has_ended(const struct record *entry)
{
    static const struct message empty;
    enum error error = ipc_send(entry_slot(entry), &empty, TIMEOUT_NONE);

    return error == ERROR_PEER_ENDED || error == ERROR_BAD_SLOT;
}

/** Makes LEAVING a copy of a slot. */
static enum error copy_out(slot from, uint64_t badge)
{
    slot_delete(LEAVING); /* what was there before, if anything */
    return slot_copy(LEAVING, from, CLIENT_RIGHTS, badge);
}

/** Makes the answer that carries an entry's endpoint to a task. */
static struct message answer_with(const struct record *entry, uint64_t task)
{
    enum error error = copy_out(entry_slot(entry), task);
    struct message answer = {.info = info_make(error, 0)};

    if (error == ERROR_NONE) {
        answer.info |= info_transfer(LEAVING);
    }
    return answer;
}

/** Answers all who have waited for an entry. */
static void answer_waits(const struct record *entry)
{
    struct record *wait;

    while ((wait = find(waits, WAITS, entry->name)) != NULL) {
        struct message answer = answer_with(entry, wait->task);

        server_answer(wait_slot(wait), &answer);
        *wait = (struct record){0};
    }
}

/** Takes what has arrived into an entry: a new one, the task's own, or one that has ended. */
static enum error take_entry(const struct message *message)
{
    struct record *entry = find(entries, ENTRIES, message->words);
    enum error error;

    if ((message->info & MESSAGE_TRANSFER) == 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (entry != NULL && entry->task != message->badge && !has_ended(entry)) {
        return ERROR_BUSY;
    }
    if (entry == NULL) {
        entry = find_free_entry();
    }
    if (entry == NULL) {
        return ERROR_NO_MEMORY;
    }
    error = copy_out(ARRIVING, 0); /* an endpoint that cannot be handed out changes nothing */
    if (error == ERROR_NONE) {
        slot_delete(entry_slot(entry));
        slot_copy(entry_slot(entry), LEAVING, CLIENT_RIGHTS, 0);
        fill(entry, message);
        answer_waits(entry);
    }
    return error;
}

static bool handle_register(struct message *message)
{
    enum error error = take_entry(message);

    return server_result(message, error);
}

static bool handle_lookup(struct message *message)
{
    struct record *entry = find(entries, ENTRIES, message->words);
    struct record *wait;

    if (entry != NULL) {
        *message = answer_with(entry, message->badge);
        return true;
    }
    wait = save_caller();
    if (wait == NULL) {
        return server_result(message, ERROR_BUSY);
    }
    fill(wait, message);
    return false;
}

static bool handle_request(struct message *message)
{
    if (message->words[0] == 0) {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    switch (info_label(message->info)) {
    case NAMES_REGISTER:
        return handle_register(message);
    case NAMES_LOOKUP:
        return handle_lookup(message);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}

/** Handles a request, and leaves the slot empty where the next endpoint may arrive. */
static bool handle(struct message *message)
{
    bool answered = handle_request(message);

    slot_delete(ARRIVING);
    return answered;
}

/** The name server. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    (void)argument;
    ipc_buffer->receive_slot = ARRIVING.number;
    return server_run(SLOT_NAMES, handle);
}
