/**
 * @file
 * Endpoints by name: the client's side of the name server's protocol.
 */
#include "endpoint.h"

#include "buffer.h"
#include "ipc.h"
#include "names/proto.h"
#include "rpc.h"
#include "string.h"

/** Asks the name server, with a name in the message. @return also what the server answers */
static enum error ask(const char *name, struct message *message, uint64_t timeout)
{
    size_t length = strlen(name);

    if (length == 0 || length > NAME_MAX) {
        return ERROR_INVALID_ARGUMENT;
    }
    memcpy(message->words, name, length);
    return rpc_call(SLOT_NAMES, message, timeout);
}

/**
 * Makes an endpoint known by a name.
 *
 * @param name      1 to NAME_MAX bytes
 * @param endpoint  a copy of it goes to the name server; needs RIGHT_SEND and RIGHT_GRANT
 * @return ERROR_NONE; ERROR_BUSY when another task has the name; as names/proto.h and ipc_call()
 */
enum error endpoint_register(const char *name, slot endpoint)
{
    struct message message = {
        .info = info_make(NAMES_REGISTER, NAME_WORDS) | info_transfer(endpoint),
    };

    return ask(name, &message, ENDPOINT_LOOKUP_TIMEOUT);
}

/**
 * Finds an endpoint by its name. Waits if nobody has registered the name yet.
 *
 * @param name     1 to NAME_MAX bytes
 * @param into     an empty slot; gets the endpoint, to send to. The badge is this task's id
 * @param timeout  in milliseconds
 * @return ERROR_NONE; ERROR_TIMEOUT; ERROR_BAD_SLOT when the endpoint could not arrive; as
 *         names/proto.h and ipc_call()
 */
enum error endpoint_lookup_within(const char *name, slot into, uint64_t timeout)
{
    struct message message = {.info = info_make(NAMES_LOOKUP, NAME_WORDS)};
    uint64_t receive_slot = ipc_buffer->receive_slot;
    enum error error;

    ipc_buffer->receive_slot = into.number;
    error = ask(name, &message, timeout);
    ipc_buffer->receive_slot = receive_slot;
    if (error == ERROR_NONE && (message.info & MESSAGE_TRANSFER) == 0) {
        return ERROR_BAD_SLOT;
    }
    return error;
}

/**
 * The same, within ENDPOINT_LOOKUP_TIMEOUT.
 */
enum error endpoint_lookup(const char *name, slot into)
{
    return endpoint_lookup_within(name, into, ENDPOINT_LOOKUP_TIMEOUT);
}
