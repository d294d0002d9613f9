/**
 * @file
 * The bounded buffer's protocol. The server's name is "bounded_buffer".
 *
 *     BUFFER_PUT   request: word 0 a number; answered when there is room for it
 *     BUFFER_GET   answered when there is a number: word 0
 *
 * The label of an answer is an enum error: ERROR_BUSY when too many wait, ERROR_INVALID_ARGUMENT
 * for any other label.
 */
#pragma once

/** Requests. */
enum buffer_label { BUFFER_PUT = 1, BUFFER_GET = 2 };
