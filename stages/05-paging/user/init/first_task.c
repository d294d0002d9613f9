/**
 * @file
 * The first task: loader and pager of all others. It starts the name server and one program more,
 * and serves until that program has ended; then it ends, and the machine stops.
 *
 * It never waits for a client, so no client can make the others wait. The slots:
 *
 *     3   the endpoint that faults and requests arrive at
 *     4   the same to give to clients: to send, without a badge, so each gets its own
 *     5   where a slot arrives that is for a new client
 *     6   the name server's endpoint, with all rights
 *     7   the same to give to clients
 */
#include "init/proto.h"
#include "pager.h"
#include "regions.h"

#include "buffer.h"
#include "endpoint.h"
#include "print.h"
#include "program.h"
#include "server.h"
#include "string.h"

#define ENDPOINT ((slot){3})
#define FAULTS ((slot){4})
#define ARRIVING ((slot){5})
#define NAMES_OWNER ((slot){6})
#define NAMES_TO_GIVE ((slot){7})

#define CLIENT_RIGHTS (RIGHT_SEND | RIGHT_GRANT)
#define SWEEP_TIME 20ul      /* milliseconds without a message */
#define SWEEP_MESSAGES 4096u /* or so many messages */

static bool handle_fault(const struct client *client, struct message *message)
{
    bool mended = pager_mend(client, message->words[0], (unsigned)message->words[1]);

    return server_result(message, mended ? ERROR_NONE : ERROR_BAD_ADDRESS);
}

static bool handle_start(const struct client *client, struct message *message)
{
    char name[2 * sizeof(uint64_t)];
    struct client_start start = {message->words[2], client->task, NAMES_TO_GIVE, FAULTS};
    struct call_result started;

    memcpy(name, message->words, sizeof(name));
    if (name[0] == '\0' || name[INIT_NAME_MAX] != '\0') {
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    if (message->info & MESSAGE_TRANSFER) {
        start.given = ARRIVING;
    }
    started = client_start(name, &start);
    *message =
        (struct message){.info = info_make((uint32_t)started.error, 1), .words = {started.value}};
    return true;
}

static bool handle_attach(struct client *client, struct message *message)
{
    return server_result(
        message, region_attach(client, message->words[0], message->words[1], message->words[2]));
}

static bool handle_counts(struct message *message)
{
    *message = (struct message){.info = info_make(ERROR_NONE, INIT_COUNTED)};
    memcpy(message->words, pager_counts, sizeof(pager_counts));
    return true;
}

static bool handle_request(struct client *client, struct message *message)
{
    switch (info_label(message->info)) {
    case INIT_START:
        return handle_start(client, message);
    case INIT_ATTACH:
        return handle_attach(client, message);
    case INIT_COUNTS:
        return handle_counts(message);
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
}

/** Handles what has come, and leaves the slot empty where the next one may arrive. */
static bool handle(struct message *message)
{
    struct client *client = client_find((task_id){message->badge});
    bool has_slot = message->info & MESSAGE_TRANSFER;
    bool answered;

    if (client == NULL) {
        answered = server_result(message, ERROR_NO_RIGHT);
    } else if (message->info & MESSAGE_FAULT) {
        answered = handle_fault(client, message);
    } else {
        answered = handle_request(client, message);
    }
    if (has_slot) {
        slot_delete(ARRIVING);
    }
    return answered;
}

/** Answers, if there is something to answer, and receives. */
static enum error receive(struct message *message, bool answer)
{
    enum error error = ERROR_NO_CALLER;

    if (answer) {
        error = ipc_reply_recv(ENDPOINT, message, SWEEP_TIME);
    }
    return error != ERROR_NO_CALLER ? error : ipc_recv(ENDPOINT, message, SWEEP_TIME);
}

/**
 * Serves until a task has ended.
 *
 * @return its exit status; -1 when that is lost: some other task has joined it, or is about to
 */
static int64_t serve_until_end(task_id last)
{
    struct message message;
    bool answer = false;
    uint64_t served = 0;

    for (;;) {
        struct call_result ended;
        enum error error = receive(&message, answer);

        answer = error == ERROR_NONE && handle(&message);
        served++;
        if (error == ERROR_NONE && served % SWEEP_MESSAGES != 0) {
            continue;
        }
        clients_sweep();
        if (!client_is_alive(last)) {
            ended = task_join(last);
            return ended.error == ERROR_NONE ? (int64_t)ended.value : -1;
        }
    }
}

/** Looks at the files, which are in memory already. */
static void add_images(void)
{
    const struct memory_files *files = (const struct memory_files *)MEMORY_FILES;

    for (uint64_t i = 0; i < files->count; i++) {
        const struct memory_file *file = &files->files[i];

        struct image image = {
            .name = file->name, .bytes = (const uint8_t *)file->address, .size = file->size};

        image_add(&image, PAGER_STACK_START);
    }
}

static enum error prepare(void)
{
    enum error error = endpoint_create(ENDPOINT);

    if (error == ERROR_NONE) {
        error = slot_copy(FAULTS, ENDPOINT, CLIENT_RIGHTS, 0);
    }
    if (error == ERROR_NONE) {
        error = endpoint_create(NAMES_OWNER);
    }
    if (error == ERROR_NONE) {
        error = slot_copy(NAMES_TO_GIVE, NAMES_OWNER, CLIENT_RIGHTS, 0);
    }
    ipc_buffer->receive_slot = ARRIVING.number;
    add_images();
    return error;
}

/** The first program: the machine stops when it ends. */
int64_t main(uint64_t argument)
{
    struct call_result names = {prepare(), 0}, shown = {0};
    int64_t status = -1;

    (void)argument;
    if (names.error == ERROR_NONE) {
        names = client_start("names", &(struct client_start){0, TASK_SELF, NAMES_OWNER, FAULTS});
        shown = client_start("demo", &(struct client_start){0, TASK_SELF, NAMES_TO_GIVE, FAULTS});
    }
    print("[init] loader and pager; name server: %s, demonstration: %s\n",
          error_name((enum error)names.error), error_name((enum error)shown.error));
    if (shown.error == ERROR_NONE) {
        status = serve_until_end((task_id){shown.value});
    }
    print("[init] stage 05 has shown its address spaces; nothing more to do\n");
    return status;
}
