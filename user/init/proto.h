/**
 * @file
 * The protocol of the root task, which starts programs, is the pager of those it has started, and
 * takes everything back when they end.
 *
 * Each of these has the root task's endpoint in SLOT_PAGER, with its own name as badge: so it is
 * known who asks. The label of an answer is an enum error.
 *
 *     INIT_START    request: words 0 and 1 the program's name, 1 to INIT_NAME_MAX bytes, zeros
 *                   behind it; word 2 its argument; maybe a slot that travels: the new task gets it
 *                   in SLOT_NAMES. Without one it gets the name server's endpoint.
 *                   answer: word 0 the new task's name
 *                   ERROR_NONE; ERROR_NO_PROGRAM; ERROR_BAD_PROGRAM; ERROR_TOO_MANY_THREADS;
 *                   ERROR_NO_MEMORY; ERROR_BAD_SLOT: the slot cannot be given; ERROR_BUSY: another
 *                   task has the interrupt line that the program needs, or serves its service;
 *                   ERROR_NO_RIGHT: the program has a power (powers.c) that the caller has not
 *     INIT_ATTACH   request: word 0 the name of a shared region, eight bytes, not all 0; word 1 an
 *                   address; word 2 MEMORY_EXTENT(pages, rights), 1 to INIT_REGION_PAGES pages.
 *                   Maps the region's first pages there. Who names it first makes it, of that many
 *                   pages, all 0. It goes when all are gone who have attached it. Whoever knows the
 *                   name may attach it, to read and write: names are no protection.
 *                   ERROR_NONE; ERROR_INVALID_ARGUMENT: no name, no rights, or more pages than it
 *                   has; ERROR_NO_RIGHT: to be executed; ERROR_NO_MEMORY; what frame_map refuses
 *                   with
 *     INIT_COUNTS   answer: words 0 to 4 as in enum init_count
 *     INIT_EXIT     request: word 0 an exit status. Ends the task; there is no answer
 *     INIT_JOIN     request: word 0 the name of a task that the caller has started. Answered when
 *                   that has ended: its name is free then.
 *                   answer: word 0 its exit status; -1 when it did not end by INIT_EXIT
 *                   ERROR_NONE; ERROR_NO_THREAD: there is none, or it has been joined already;
 *                   ERROR_INVALID_ARGUMENT: the caller itself; ERROR_NO_RIGHT: somebody else has
 *                   started it; ERROR_BUSY: another thread of the caller waits for it
 *     INIT_MEMORY   answer: word 0 the bytes of untyped memory that the root task has not given
 *                   out; word 1 in how many pieces
 *
 * ERROR_NO_RIGHT: who asks has not been started by the root task. Any other label:
 * ERROR_INVALID_ARGUMENT.
 *
 * A task that has ended keeps its name until it is joined, or the task that has started it ends.
 *
 * Page faults arrive at the same endpoint. They are mended where the program's file has a segment
 * with that right, in the stack, which grows down to INIT_STACK_PAGES, and in the heap, if the
 * program has one; any other ends the task, and so does any other fault.
 */
#pragma once

/** Requests. */
enum init_label { INIT_START = 1, INIT_ATTACH, INIT_COUNTS, INIT_EXIT, INIT_JOIN, INIT_MEMORY };

#define INIT_NAME_MAX 15u                    /**< longest name of a program, in bytes */
#define INIT_STACK_PAGES 64u                 /**< largest stack, in pages */
#define INIT_HEAP_START 0x00007FFFFFE00000ul /**< where a program's heap begins */
#define INIT_HEAP_PAGES 384u                 /**< largest heap, in pages */
#define INIT_REGION_PAGES 512 /**< largest shared region, in pages: 2 MB, one frame */

/** What the root task counts, since it began. */
enum init_count {
    INIT_COUNT_FAULTS,  /**< page faults, mended or not */
    INIT_COUNT_SHARED,  /**< pages of files that were mapped as they are, without a copy */
    INIT_COUNT_COPIED,  /**< pages that were filled from a file */
    INIT_COUNT_ZEROED,  /**< pages that were given empty */
    INIT_COUNT_REFUSED, /**< faults that were not mended */
    INIT_COUNTED        /**< how many counts there are */
};
