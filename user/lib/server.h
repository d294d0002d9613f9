/**
 * @file
 * What servers have in common: receive, handle, answer.
 */
#pragma once

#include <stdbool.h>

#include "ipc.h"

/**
 * Handles a request.
 *
 * @param message  the request; the answer is put in its place
 * @return true when there is an answer; false when it comes later, or never
 */
typedef bool (*server_handler)(struct message *message);

enum error server_open(const char *name, slot into);
enum error server_run(slot endpoint, server_handler handler);
bool server_result(struct message *message, enum error error);
void server_answer(slot caller, const struct message *message);
