/**
 * @file
 * The protocol of the two words that readers and writers share. The server's name is
 * "readers_writers". Several may read at once; who writes is alone.
 *
 *     RW_BEGIN_READ, RW_BEGIN_WRITE   answered when the caller may begin
 *     RW_END                          ends what the caller has begun
 *     RW_LOAD     word 0: which of the two words, 0 or 1    answer: word 0 its value
 *     RW_STORE    word 0: which, word 1: its new value      only for who writes
 *
 * The label of an answer is an enum error: ERROR_NO_RIGHT for who has not begun, ERROR_BUSY when
 * too many wait or who begins has not ended, ERROR_INVALID_ARGUMENT for any other label or word.
 */
#pragma once

/** Requests. */
enum rw_label { RW_BEGIN_READ = 1, RW_BEGIN_WRITE, RW_END, RW_LOAD, RW_STORE };

#define RW_WORDS 2u /**< words that are shared */
