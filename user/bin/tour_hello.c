/**
 * @file
 * The tour, 1: hello. What has a program, when it begins? What stands in its slots, and nothing
 * else. This one has no privilege file, so it shows what every program has.
 *
 * @see user/init/grant.c, which has put it there
 */
#include "bin/tour.h"

#include "device.h"
#include "program.h"

static const char *const names[] = {
    [OBJECT_UNTYPED] = "untyped memory",
    [OBJECT_CNODE] = "a capability space",
    [OBJECT_THREAD] = "a thread",
    [OBJECT_SPACE] = "an address space",
    [OBJECT_FRAME] = "memory that can be mapped",
    [OBJECT_ENDPOINT] = "an endpoint",
    [OBJECT_NOTIFICATION] = "a notification",
    [OBJECT_REPLY] = "a caller who waits for an answer",
    [OBJECT_IRQ] = "an interrupt line",
    [OBJECT_PORTS] = "I/O ports",
};

/** Goes through all slots. @return how many hold something */
static uint64_t look_around(void)
{
    uint64_t count = 0;

    for (uint64_t i = 1; i < OWN_SLOTS; i++) {
        uint64_t kind = slot_kind((slot){i});

        if (kind != 0) {
            print("[tour]   slot %lu: %s, rights %lu, badge or size %lu\n", i, names[kind],
                  tour_rights((slot){i}), slot_read((slot){i}, SLOT_READ_BADGE).value);
            count++;
        }
    }
    return count;
}

/** Hello. @param argument any number below 2^62 @return twice that */
int64_t main(uint64_t argument)
{
    print("[tour] 1. Hello. I am task %lu, my argument is %lu, and this is all I have:\n",
          task_self().value, argument);
    tour_expect("slots in use", 3, look_around());
    tour_expect("the name server's", OBJECT_ENDPOINT, slot_kind(SLOT_NAMES));
    tour_expect("the root task's", OBJECT_ENDPOINT, slot_kind((slot){SLOT_FAULTS}));
    tour_expect("memory", OBJECT_UNTYPED, slot_kind((slot){SLOT_OWN_MEMORY}));
    print("[tour] My pages are mapped, but I hold neither them nor my address space. So:\n");
    tour_refused("to map something", ERROR_BAD_SLOT,
                 frame_map((slot){4}, (slot){SLOT_OWN_SPACE}, 0x10000000, MEMORY_READ));
    tour_refused("to stop my thread", ERROR_BAD_SLOT, thread_stop((slot){SLOT_OWN_THREAD}));
    tour_refused("to read the clock's port", ERROR_BAD_SLOT,
                 (enum error)port_read((slot){SLOT_OWN_PORTS}, 0x71, 1).error);
    tour_refused("to be heard on an endpoint as its owner", ERROR_NO_RIGHT,
                 ipc_recv(SLOT_NAMES, &(struct message){0}, TIMEOUT_NONE));
    return tour_end(2 * argument);
}
