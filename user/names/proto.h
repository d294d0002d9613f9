/**
 * @file
 * The name server's protocol.
 *
 * Words 0 to 3 of a request hold a name: 1 to NAME_MAX bytes, zeros behind it. The label of an
 * answer is an enum error.
 *
 *     NAMES_REGISTER   request: a name, and an endpoint that travels along (rights SEND and GRANT)
 *                      ERROR_NONE; ERROR_INVALID_ARGUMENT: no name, no endpoint;
 *                      ERROR_BUSY: another task has the name; ERROR_NO_MEMORY: no room.
 *                      The task that has the name may register another endpoint for it. When
 *                      nobody can receive from the old one any more, any task may. To find that
 *                      out, the old endpoint is sent an empty message, info 0 and badge 0, that
 *                      wants no answer: servers ignore it.
 *     NAMES_LOOKUP     request: a name. Answered when there is an endpoint of that name: it travels
 *                      along, and its badge is the asker's task id.
 *                      ERROR_NONE; ERROR_INVALID_ARGUMENT: no name; ERROR_BUSY: too many wait.
 *
 * Any other label: ERROR_INVALID_ARGUMENT.
 */
#pragma once

/** Requests. */
enum names_label { NAMES_REGISTER = 1, NAMES_LOOKUP = 2 };

#define NAME_WORDS 4              /**< words of a request that hold the name */
#define NAME_MAX (8 * NAME_WORDS) /**< longest name in bytes */
