/**
 * @file
 * A root task that takes back ten thousand capabilities at once, in chains and bushes, in CNodes
 * that hold the last capability to each other, in tasks of their own; and a watcher that wants to
 * run at every tick meanwhile. And threads that revoke what they are made of themselves.
 */
#include "ipc.h"
#include "root_parts.h"
#include "time_stamp.h"

#define FOREST_PAGES 2048u
#define CHAIN 4000u /* capabilities, each a copy of the one before */
#define BUSH 4000u  /* copies of one */
#define BRANCHES 40u
#define TWIGS 50u /* copies of each branch */
#define OUTSIDE_SLOTS 8192u
#define INSIDE_SLOTS 8192u
#define TASKS 6u
#define TASK_SLOTS 64u
#define LIMB_PAGES 128u
#define LIMB_SLOTS 4096u
#define WATCHER_LEVEL 31u
#define OWN_LEVEL 10u
#define CALM 30ul /* milliseconds */

static const slot forest = {ROOT_SLOTS - 1};
static slot outside, inside; /* CNodes: of other memory, and of the forest's */
static uint64_t outside_next = 1, inside_next = 1;
static volatile uint64_t last_seen, longest;

/** Wakes up at every tick, and notes the longest time in which it could not. */
static void watch(uint64_t argument)
{
    (void)argument;
    for (;;) {
        uint64_t now = time_stamp();

        if (now - last_seen > longest) {
            longest = now - last_seen;
        }
        last_seen = now;
        task_sleep(1);
    }
}

static void watch_begins(void)
{
    task_sleep(CALM);
    longest = 0;
}

static void watch_ends(const char *what)
{
    task_sleep(CALM);
    guest_report(what, longest);
}

/** An empty slot, every other one in memory of the forest itself. */
static slot next_slot(void)
{
    if (outside_next <= inside_next && outside_next < OUTSIDE_SLOTS) {
        return slot_in(outside, outside_next++);
    }
    return slot_in(inside, inside_next++);
}

static slot copy_of(slot from)
{
    slot to = next_slot();

    set_up(slot_copy(to, from, RIGHTS_ALL, 0));
    return to;
}

static slot make_of_forest(enum object_kind kind, uint64_t size)
{
    slot made = root_slots(1);

    set_up(untyped_retype(forest, OBJECT(kind, size), made));
    return made;
}

/** Two CNodes, each of which holds the only capability to the other; and one that holds its own,
 * and the forest's memory itself. */
static void grow_cycles(void)
{
    slot first = make_of_forest(OBJECT_CNODE, 4), second = make_of_forest(OBJECT_CNODE, 4);
    slot third = make_of_forest(OBJECT_CNODE, 4);

    set_up(slot_copy(slot_in(first, 1), second, RIGHTS_ALL, 0));
    set_up(slot_copy(slot_in(second, 1), first, RIGHTS_ALL, 0));
    set_up(slot_copy(slot_in(third, 1), third, RIGHTS_ALL, 0));
    set_up(slot_copy(slot_in(third, 2), first, RIGHTS_ALL, 0));
    set_up(slot_delete(first));
    set_up(slot_delete(second));
    set_up(slot_delete(third));
}

/** Waits for ever: for a message that nobody sends. */
static void wait_for_nobody(uint64_t endpoint)
{
    struct message message;

    ipc_recv((slot){endpoint}, &message, TIMEOUT_INFINITE);
    root_thread_end();
}

/** A task whose thread, capability space and address space are of the forest. */
static void grow_task(slot endpoint, unsigned number)
{
    slot cspace = make_of_forest(OBJECT_CNODE, TASK_SLOTS);
    slot space = make_of_forest(OBJECT_SPACE, SPACE_TABLES_MIN + 4);
    slot thread = make_of_forest(OBJECT_THREAD, 0), frame = make_of_forest(OBJECT_FRAME, 1);

    for (unsigned i = 1; i < TASK_SLOTS; i++) {
        set_up(slot_copy(slot_in(cspace, i), endpoint, RIGHTS_ALL, 1 + number));
    }
    set_up(frame_map(frame, space, ROOT_WINDOW, MEMORY_READ));
    set_up(thread_configure(thread, cspace, number % 2 == 0 ? root_own_space : space, frame));
    set_up(thread_set_priority(thread, OWN_LEVEL));
    if (number % 2 == 0) {
        struct root_thread made = {thread,
                                   (struct ipc_buffer *)(ROOT_BUFFERS + root_threads * PAGE_SIZE)};

        root_threads++;
        root_thread_run(made, wait_for_nobody, 1);
    }
}

static void grow(void)
{
    slot endpoint, last;

    inside = make_of_forest(OBJECT_CNODE, INSIDE_SLOTS);
    endpoint = last = make_of_forest(OBJECT_ENDPOINT, 0);
    for (unsigned i = 0; i < CHAIN; i++) {
        last = copy_of(last);
    }
    for (unsigned i = 0; i < BUSH; i++) {
        copy_of(endpoint);
    }
    for (unsigned i = 0; i < BRANCHES; i++) {
        slot branch = copy_of(make_of_forest(OBJECT_NOTIFICATION, 0));

        for (unsigned j = 0; j < TWIGS; j++) {
            copy_of(branch);
        }
    }
    for (unsigned i = 0; i < TASKS; i++) {
        grow_task(endpoint, i);
    }
    grow_cycles();
}

/** Reports how many slots of a CNode are not empty. */
static void report_left(slot cnode, uint64_t slots)
{
    uint64_t left = 0;

    for (uint64_t i = 1; i < slots; i++) {
        left += slot_read(slot_in(cnode, i), SLOT_READ_KIND).value != 0;
    }
    guest_report("left", left);
}

/** Takes all of it back at once. */
static void fell(void)
{
    uint64_t began;

    grow();
    guest_report("grown", outside_next + inside_next);
    task_sleep(2);
    guest_checkpoint("grown");
    watch_begins();
    began = time_stamp();
    set_up(slot_revoke(forest));
    guest_report("took", time_stamp() - began);
    watch_ends("revoke");
    guest_checkpoint("felled");
    report_left(outside, OUTSIDE_SLOTS);
    guest_report("free", root_free(forest));
}

/** Revokes the memory that its own thread, slots and buffer are made of. */
static void saw(uint64_t memory)
{
    slot_revoke(slot_in((slot){1}, memory));
    root_thread_end();
}

/** A thread saws off the limb that it sits on. How far its call comes is open, but whatever is left
 * is in order, and can be revoked by somebody else. */
static void saw_off(bool thread_last)
{
    slot limb = root_slots(1), parts = root_slots(4), thread = parts, frame = {parts.number + 1};
    slot cspace = {parts.number + 2}, endpoint = {parts.number + 3};
    const uint64_t objects[] = {OBJECT(OBJECT_THREAD, 0), OBJECT(OBJECT_FRAME, 1),
                                OBJECT(OBJECT_CNODE, LIMB_SLOTS), OBJECT(OBJECT_ENDPOINT, 0)};

    set_up(untyped_retype(root_untyped, OBJECT(OBJECT_UNTYPED, LIMB_PAGES), limb));
    for (unsigned i = 0; i < 4; i++) {
        unsigned which = thread_last ? 3 - i : i;

        set_up(untyped_retype(limb, objects[which], (slot){parts.number + which}));
    }
    set_up(slot_copy(slot_in(cspace, 1), root_cspace, RIGHTS_ALL, 0));
    for (unsigned i = 2; i < LIMB_SLOTS; i++) {
        set_up(slot_copy(slot_in(cspace, i), endpoint, RIGHTS_ALL, 0));
    }
    set_up(thread_configure(thread, cspace, root_own_space, frame));
    set_up(thread_set_priority(thread, OWN_LEVEL));
    set_up(thread_start(thread, (uint64_t)saw, (uint64_t)root_stacks[ROOT_THREADS_MAX - 1],
                        limb.number));
    task_sleep(CALM);
    guest_checkpoint("sawn");
    set_up(slot_revoke(limb));
    guest_report("thread", slot_read(thread, SLOT_READ_KIND).value);
    guest_report("limb", root_free(limb));
}

/** A full CNode goes with its last capability. */
static void clear(void)
{
    slot cnode = make_of_forest(OBJECT_CNODE, INSIDE_SLOTS);
    slot endpoint = make_of_forest(OBJECT_ENDPOINT, 0);

    for (unsigned i = 1; i < INSIDE_SLOTS; i++) {
        set_up(slot_copy(slot_in(cnode, i), endpoint, RIGHTS_ALL, 0));
    }
    watch_begins();
    set_up(slot_delete(cnode));
    watch_ends("delete");
    set_up(slot_delete(endpoint));
    guest_report("free", root_free(forest));
}

/** A large object is all 0. */
static void make_large(void)
{
    slot frame;

    watch_begins();
    frame = make_of_forest(OBJECT_FRAME, FRAME_PAGES_MAX);
    watch_ends("retype");
    set_up(slot_delete(frame));
    guest_report("free", root_free(forest));
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    root_thread(watch, 0, WATCHER_LEVEL);
    outside = root_make(OBJECT_CNODE, OUTSIDE_SLOTS);
    set_up(untyped_retype(root_untyped, OBJECT(OBJECT_UNTYPED, FOREST_PAGES), forest));
    set_up(thread_set_priority(root_self, OWN_LEVEL));
    guest_checkpoint("before");
    watch_begins();
    watch_ends("calm");
    fell();
    clear();
    make_large();
    saw_off(false);
    saw_off(true);
    guest_checkpoint("after");
    return 0;
}
