/**
 * @file
 * Requests: a client's message from its arrival to its answer.
 *
 * A request is served by a worker. When that sleeps before it is done, the authority to answer is
 * put aside, in the request's own slot, and the answer goes out when the worker is done; else it is
 * the answer to the last message.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ipc.h"
#include "vfs/proto.h"

struct client;
struct worker;

/** A request. Handlers read the first part and write the second. */
struct request {
    struct client *client;
    uint32_t label; /**< enum file_request; any number */
    uint64_t words[MESSAGE_REGISTER_WORDS];
    size_t size; /**< bytes in `data`: 0 to FILE_DATA_MAX, a multiple of 8 */

    uint64_t answer[MESSAGE_REGISTER_WORDS]; /**< all 0 before */
    size_t answer_size;                      /**< bytes in `data` that belong to the answer */
    uint8_t data[FILE_DATA_MAX];             /**< bytes of the request, and then of the answer */

    /* the rest is request.c's own */
    struct worker *worker; /**< NULL: the request is free */
    bool is_done;
    int error;
    uint64_t begun; /**< time stamp */
};

bool request_begin(const struct message *message);
void request_finish_last(struct message *answer);
void requests_cancel(const struct client *client);
struct request *request_running(void);

/** Serves a request. @return the answer's label: 0, or an error number; then its words are 0 */
typedef int (*request_handler)(struct request *request);

request_handler request_handler_of(uint32_t label);
