/**
 * @file
 * What the fast path's assembly knows of the structures (arch/x86_64/fastpath.inc), checked by the
 * compiler.
 */
#include "ipc/endpoint.h"

_Static_assert(offsetof(struct scheduler, current) == 0, "sched");
_Static_assert(offsetof(struct scheduler, ready_levels) == 8, "SCHED_READY_LEVELS");

_Static_assert(offsetof(struct thread, deadline) == 184, "THREAD_DEADLINE");
_Static_assert(offsetof(struct thread, queue) == 200, "THREAD_QUEUE");
_Static_assert(offsetof(struct thread, next) == 208, "THREAD_NEXT");
_Static_assert(offsetof(struct thread, reply) == 224, "THREAD_REPLY");
_Static_assert(offsetof(struct thread, bound) == 232, "THREAD_BOUND");
_Static_assert(offsetof(struct thread, slots) == 256, "THREAD_SLOTS");
_Static_assert(offsetof(struct thread, slot_count) == 264, "THREAD_SLOT_COUNT");
_Static_assert(offsetof(struct thread, root) == 272, "THREAD_ROOT");
_Static_assert(offsetof(struct thread, outranked_by) == 280, "THREAD_OUTRANKED_BY");
_Static_assert(offsetof(struct thread, caller) == 288, "THREAD_CALLER");
_Static_assert(offsetof(struct thread, cpu.cr0) == 544, "THREAD_CR0");
_Static_assert(THREAD_ANSWERING == 8 && THREAD_RECEIVING == 9, "states");

_Static_assert(offsetof(struct slot, badge) == 8, "SLOT_BADGE");
_Static_assert(offsetof(struct slot, endpoint) == 16, "SLOT_OBJECT");
_Static_assert(SLOT_ENDPOINT_SEND == 1 && SLOT_ENDPOINT_RECEIVE == 2 && SLOT_REPLY == 256,
               "rights");

_Static_assert(offsetof(struct endpoint, receivers) == 0, "ENDPOINT_RECEIVERS");
_Static_assert(offsetof(struct endpoint, senders) == 16, "ENDPOINT_SENDERS");
_Static_assert(offsetof(struct endpoint, server) == 40, "ENDPOINT_SERVER");
_Static_assert(offsetof(struct thread_queue, last) == 8, "QUEUE_LAST");
_Static_assert(offsetof(struct notification, bits) == 0, "NOTIFICATION_BITS");
