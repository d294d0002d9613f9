/**
 * @file
 * Requests to the root task that come with programs in files: see proto.h for the others. The label
 * of an answer is an enum error.
 *
 *     INIT_IMAGE      request: word 0 pages, 1 to INIT_IMAGE_PAGES; word 1 an address. Makes memory
 *                     for a program's file, all 0, and maps it there, to be read and written. A
 *                     process can have one: the one before is discarded, as it is with INIT_CREATE.
 *                     ERROR_NONE; ERROR_INVALID_ARGUMENT; ERROR_NO_MEMORY; what frame_map refuses
 *                     with
 *     INIT_CREATE     request: words 0 and 1 a name, as INIT_START; word 2 bytes of the program's
 *                     file, from the image's beginning on; word 3 bytes of the arguments, which
 *                     begin at the next page of the image, at most INIT_ARGUMENTS_PAGES pages;
 *                     word 4 enum init_power: those of the caller's own that the new process has,
 *                     too. Takes the image out of the caller's hands and makes a process of it that
 *                     does not run yet. It finds the arguments at INIT_ARGUMENTS_ADDRESS, to read
 *                     and write, and is started with that address. It finds the endpoint of
 *                     INIT_SERVE in SLOT_GIVEN, its badge its own id.
 *                     answer: word 0 the new process's id
 *                     ERROR_NONE; ERROR_BAD_PROGRAM; ERROR_INVALID_ARGUMENT: no image, or sizes
 *                     that are not in it; ERROR_NO_MEMORY; ERROR_TOO_MANY_THREADS
 *     INIT_RUN        request: word 0 a process that the caller has created. It runs.
 *                     ERROR_NONE; ERROR_NO_THREAD; ERROR_NO_RIGHT; ERROR_BUSY: it runs already
 *     INIT_END        request: word 0 a process that the caller has started or created, or one of
 *                     those has, and so on; word 1 an exit status. Ends it.
 *                     ERROR_NONE; ERROR_NO_THREAD; ERROR_NO_RIGHT
 *     INIT_WAIT       request: word 0 a process that the caller has started or created, 0: any;
 *                     word 1 enum init_wait. Answered when it has ended; its name is free then.
 *                     answer: word 0 its id; word 1 its exit status, INIT_FAULTED for a fault
 *                     ERROR_NONE; ERROR_NO_THREAD: there is none; ERROR_TIMEOUT: INIT_WAIT_NOT, and
 *                     none has ended; ERROR_STOPPED: interrupted; ERROR_BUSY
 *     INIT_INTERRUPT  Ends all waits with INIT_WAIT_INTERRUPTIBLE. Needs POWER_INTERRUPT.
 *                     ERROR_NONE; ERROR_NO_RIGHT
 *     INIT_PROCESS    request: word 0 a place, from 0 on; word 1: if not 0, a process's id instead.
 *                     answer: word 0 the process's id, 0: there is none in this place; word 1 its
 *                     parent's, 0: the root task; word 2 INIT_STATE_WORD; words 3 and 4
 *                     its name; word 5 pages of memory that it takes
 *                     ERROR_NONE; ERROR_INVALID_ARGUMENT: no such place; ERROR_NO_THREAD
 *     INIT_CAPABILITY request: word 0 a process's id; word 1 a slot's number.
 *                     answer: words 0 to 2 what slot_read() tells of it (abi/capability.h); word 3
 *                     slots of its capability space
 *                     ERROR_NONE; ERROR_NO_THREAD; ERROR_BAD_SLOT
 *     INIT_WATCH      request: a notification travels along, which is signalled when a process has
 *                     ended. One at a time; needs POWER_SERVE.
 *     INIT_SERVE      request: an endpoint travels along: the one that processes of INIT_CREATE
 *                     get. Needs POWER_SERVE.
 *                     ERROR_NONE; ERROR_NO_RIGHT; ERROR_BAD_SLOT
 *     INIT_SHUTDOWN   Ends everything, and the machine. Needs POWER_SHUTDOWN. No answer.
 *                     ERROR_NO_RIGHT
 *     INIT_TOTAL      answer: word 0 bytes of the machine's memory; word 1 of it the kernel's own;
 *                     word 2 what the root task has not given out; word 3 milliseconds since the
 *                     machine began; word 4 how often INIT_INTERRUPT was asked
 */
#pragma once

#include "init/proto.h"

/** Requests. */
enum init_session_label {
    INIT_IMAGE = 16,
    INIT_CREATE,
    INIT_RUN,
    INIT_END,
    INIT_WAIT,
    INIT_INTERRUPT,
    INIT_PROCESS,
    INIT_CAPABILITY,
    INIT_WATCH,
    INIT_SERVE,
    INIT_SHUTDOWN,
    INIT_TOTAL
};

/** How to wait. */
enum init_wait { INIT_WAIT_NOT = 1, INIT_WAIT_INTERRUPTIBLE = 2 };

/** What a process may ask for that others may not: `shutdown`, `interrupt`, `serve` in its
 * privileges (privileges.h). */
enum init_power { POWER_SHUTDOWN = 1, POWER_INTERRUPT = 2, POWER_SERVE = 4 };

/** States of a process. */
enum init_state {
    INIT_STATE_CREATED = 1,
    INIT_STATE_READY,   /**< it runs, or would */
    INIT_STATE_WAITING, /**< for a message, a signal or a time */
    INIT_STATE_ENDED    /**< and nobody has waited for it yet */
};

/** INIT_PROCESS's word 2, and its parts. */
#define INIT_STATE_WORD(state, powers) ((uint64_t)(powers) << 8 | (state))
#define INIT_STATE_OF(word) ((enum init_state)((word)&0xFF))
#define INIT_POWERS_OF(word) ((unsigned)((word) >> 8))

#define INIT_FAULTED (-1) /**< exit status of a process that has ended by its fault */

#define INIT_IMAGE_PAGES 512u   /**< largest image, in pages: one frame */
#define INIT_ARGUMENTS_PAGES 8u /**< most pages of arguments and environment */

/** Where a process of INIT_CREATE finds its arguments: a page behind the largest heap. Its own heap
 * has INIT_HEAP_PAGES. */
#define INIT_ARGUMENTS_ADDRESS (INIT_HEAP_START + (INIT_HEAP_PAGES + 1) * 4096ul)
