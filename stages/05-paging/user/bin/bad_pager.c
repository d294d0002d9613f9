/**
 * @file
 * A pager that makes a client of its own, and does not do for it what a pager should. That is its
 * client's trouble, and nobody else's.
 */
#include "bin/bad_pager.h"

#include "child.h"
#include "endpoint.h"
#include "ipc.h"
#include "print.h"
#include "program.h"

#define ENDPOINT ((slot){4})
#define FAULTS ((slot){5})
#define ENTRY 0x400000ul /* of a client that has no memory at all */
#define STACK 0x500000ul
#define SILENCE 50ul /* milliseconds */
#define LIES 100u
#define REFUSAL 1u /* label of an answer that does not let the client try again */

static enum error prepare(void)
{
    enum error error = endpoint_create(ENDPOINT);

    return error != ERROR_NONE ? error : slot_copy(FAULTS, ENDPOINT, RIGHT_SEND, 0);
}

/** Makes a client, and takes its first fault. @return its name, which is 0 if that does not work */
static task_id make_client(void)
{
    static const char name[] = "bad_client";
    struct call_result made;
    struct message fault;

    memory_touch(name, sizeof(name));
    made = task_create(name, sizeof(name) - 1, SLOT_NAMES, FAULTS);
    if (made.error == ERROR_NONE) {
        made.error = task_run((task_id){made.value}, ENTRY, STACK, 0);
    }
    if (made.error == ERROR_NONE) {
        made.error = ipc_recv(ENDPOINT, &fault, TIMEOUT_INFINITE);
    }
    if (made.error == ERROR_NONE &&
        (fault.badge != made.value || (fault.info & MESSAGE_FAULT) == 0 ||
         fault.words[0] != ENTRY || fault.words[1] != MEMORY_EXECUTE || fault.words[2] != ENTRY)) {
        print("[bad_pager] this is no right fault: %lx %lx\n", fault.info, fault.words[0]);
        return (task_id){0};
    }
    return (task_id){made.error == ERROR_NONE ? made.value : 0};
}

static int64_t join(task_id task)
{
    struct call_result ended = task_join(task);

    return ended.error == ERROR_NONE ? (int64_t)ended.value : 1;
}

static int64_t be_silent(task_id client)
{
    task_sleep(SILENCE);
    task_kill(client, BAD_PAGER_KILLED);
    return join(client);
}

static int64_t lie(task_id client)
{
    struct message message = {.info = info_make(0, 0)};

    for (unsigned i = 0; i < LIES; i++) {
        if (ipc_reply_recv(ENDPOINT, &message, TIMEOUT_INFINITE) != ERROR_NONE) {
            return 1;
        }
        message = (struct message){.info = info_make(0, 0)};
    }
    message.info = info_make(REFUSAL, 0);
    ipc_reply(SLOT_REPLY, &message);
    return join(client);
}

/**
 * A bad pager.
 *
 * @param argument  an enum bad_pager_kind
 * @return its client's exit status; BAD_PAGER_DEAD: its client's name. 1 when something went wrong
 */
int64_t main(uint64_t argument)
{
    task_id client = {0};

    if (prepare() == ERROR_NONE) {
        client = make_client();
    }
    if (client.number == 0) {
        return 1;
    }
    switch (argument) {
    case BAD_PAGER_SILENT:
        return be_silent(client);
    case BAD_PAGER_LIAR:
        return lie(client);
    default:
        return (int64_t)client.number;
    }
}
