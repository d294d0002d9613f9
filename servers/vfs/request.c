/**
 * @file
 * Requests: taking them in, letting a worker serve them, answering.
 */
#include "request.h"

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "clients.h"
#include "server.h"
#include "slots.h"
#include "stats.h"
#include "time_stamp.h"
#include "worker_run.h"

/* How workers are shared out. Every process can have a request under way. A process that has one
 * already, because it has several threads or does not wait for answers, shares what is left. */
#define REQUESTS_OF_CLIENT 8u
#define MORE_REQUESTS (WORKERS - WORKERS_INTERNAL - CLIENTS_MAX)

static struct request requests[WORKERS]; /* of the worker with the same number */
static struct request *last; /* that came last, until it is answered or its caller is put aside */

static slot caller_slot(const struct request *request)
{
    return (slot){SLOT_CALLERS + (uint64_t)(request - requests)};
}

/** @return the request that the running worker serves; NULL when it serves none */
struct request *request_running(void)
{
    const struct worker *worker = worker_running();
    struct request *request = worker != NULL ? &requests[worker_number(worker)] : NULL;

    return request != NULL && request->worker != NULL ? request : NULL;
}

/** Takes a message out of registers and IPC buffer: others come before it is served. */
static void take_in(struct request *request, const struct message *message)
{
    size_t length = info_length(message->info);

    request->label = info_label(message->info);
    memcpy(request->words, message->words, sizeof(request->words));
    memset(request->answer, 0, sizeof(request->answer));
    request->size = 0;
    request->answer_size = 0;
    if (message->info & MESSAGE_BUFFER && length > FILE_DATA_WORD) {
        request->size = (length - FILE_DATA_WORD) * sizeof(uint64_t);
        memcpy(request->data, ipc_buffer->words + FILE_DATA_WORD, request->size);
    }
}

/** Makes the answer, its bytes in the IPC buffer. */
static struct message make_answer(const struct request *request)
{
    size_t words = (request->answer_size + sizeof(uint64_t) - 1) / sizeof(uint64_t);
    size_t length = words > 0 ? FILE_DATA_WORD + words : MESSAGE_REGISTER_WORDS;
    struct message answer = {.info = info_make((uint32_t)request->error, length)};

    memcpy(answer.words, request->answer, sizeof(answer.words));
    if (words > 0) { /* the last word whole, and nothing in it that somebody else has written */
        ipc_buffer->words[FILE_DATA_WORD + words - 1] = 0;
        memcpy(ipc_buffer->words + FILE_DATA_WORD, request->data, request->answer_size);
    }
    return answer;
}

/** What has to be done when a request has been answered, or will not be. */
static void set_free(struct request *request)
{
    request->worker = NULL;
    client_request_ends(request->client);
}

/** Answers a caller that was put aside. It may have gone. */
static void answer_later(struct request *request)
{
    struct message answer = make_answer(request);

    stats_count_request(request->label, time_stamp() - request->begun);
    if (ipc_reply(caller_slot(request), &answer) != ERROR_NONE) {
        stats_count_gone();
        slot_delete(caller_slot(request));
    }
    set_free(request);
}

/** What a worker does for a request. */
static void serve(void)
{
    struct request *request = request_running();
    request_handler handler = request_handler_of(request->label);

    request->error = handler != NULL ? handler(request) : ENOSYS;
    if (request->error != 0) {
        memset(request->answer, 0, sizeof(request->answer));
        request->answer_size = 0;
    }
    request->is_done = true;
    if (request != last) {
        answer_later(request);
    }
}

/** Cancels requests of a client whose caller has not waited for the answer. */
static void cancel_abandoned(const struct client *client)
{
    for (struct request *request = requests; request < requests + WORKERS; request++) {
        if (request->worker != NULL && request->client == client && !request->is_done &&
            slot_kind(caller_slot(request)) == 0) {
            worker_cancel(request->worker);
        }
    }
}

/** @return whether a client may have one request more under way */
static bool may_begin(const struct client *client)
{
    if (client->requests > 0) {
        cancel_abandoned(client);
    }
    return client->requests == 0 ||
           (client->requests < REQUESTS_OF_CLIENT && clients_more_requests() < MORE_REQUESTS);
}

/** Makes a request of a message. @return NULL: there is nobody to serve it */
static struct request *make(struct client *client, const struct message *message)
{
    struct worker *worker;
    struct request *request;

    if (workers_free() <= WORKERS_INTERNAL) {
        return NULL;
    }
    worker = worker_start(serve);
    request = &requests[worker_number(worker)];
    request->worker = worker;
    request->client = client;
    request->is_done = false;
    request->begun = time_stamp();
    take_in(request, message);
    client_request_begins(client);
    return request;
}

/** Puts the caller of the last request aside. It may have gone, or never have waited. */
static void put_aside(struct request *request)
{
    last = NULL;
    if (reply_save(caller_slot(request)) != ERROR_NONE) {
        worker_cancel(request->worker);
        workers_run();
    }
}

/**
 * Takes a message in, and has it served as far as that goes without sleeping.
 *
 * @param message  that has been received
 * @return whether request_finish_last() has an answer to it; else it comes later. false also when
 *         there is no worker left: then the caller is answered here, with EAGAIN
 */
bool request_begin(const struct message *message)
{
    struct client *client = client_of(message->badge);
    struct request *request = NULL;

    stats_count_received();
    if (client != NULL && may_begin(client)) {
        request = make(client, message);
    }
    if (request == NULL) {
        struct message answer = {.info = info_make(EAGAIN, 0)};

        stats_count_refused();
        ipc_reply(SLOT_REPLY, &answer);
        workers_run(); /* those that were cancelled */
        return false;
    }
    last = request;
    workers_run();
    if (!request->is_done) {
        put_aside(request);
        return false;
    }
    return true;
}

/**
 * Makes the answer to the request that came last.
 *
 * @param answer  set
 */
void request_finish_last(struct message *answer)
{
    struct request *request = last;

    last = NULL;
    *answer = make_answer(request);
    stats_count_request(request->label, time_stamp() - request->begun);
    set_free(request);
}

/** Cancels all requests of a client that has ended. */
void requests_cancel(const struct client *client)
{
    for (struct request *request = requests; request < requests + WORKERS; request++) {
        if (request->worker != NULL && request->client == client) {
            worker_cancel(request->worker);
        }
    }
}
