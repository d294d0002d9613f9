/**
 * @file
 * The tour, 2: capabilities. A capability is copied, and the copy may do less; it is deleted, and
 * what was derived from it stays; it is revoked, and what was derived from it is gone.
 *
 * It needs no privileges: the endpoint is made of the page of memory that every program has.
 */
#include "bin/tour.h"

#include "program.h"

#define ORIGINAL ((slot){4})
#define SENDER ((slot){5}) /* the copy that may only send */
#define GRANDCHILD ((slot){6})
#define SPARE ((slot){7})
#define MEMORY ((slot){SLOT_OWN_MEMORY})

static uint64_t badge_of(slot slot)
{
    return slot_read(slot, SLOT_READ_BADGE).value;
}

static void show_copies(uint64_t badge)
{
    tour_make(OBJECT_ENDPOINT, 0, ORIGINAL);
    tour_do("a copy", slot_copy(SENDER, ORIGINAL, RIGHT_SEND, badge));
    tour_do("its copy", slot_copy(GRANDCHILD, SENDER, RIGHTS_ALL, 0));
    print("[tour] Slot 4: an endpoint, new: rights %lu (send, receive, grant), badge %lu\n",
          tour_rights(ORIGINAL), badge_of(ORIGINAL));
    print("[tour] Slot 5: a copy to send with, and who uses it is known: rights %lu, badge %lu\n",
          tour_rights(SENDER), badge_of(SENDER));
    print("[tour] Slot 6: a copy of that, with all rights there are: rights %lu, badge %lu\n",
          tour_rights(GRANDCHILD), badge_of(GRANDCHILD));
    tour_expect("rights of the original", RIGHTS_ALL, tour_rights(ORIGINAL));
    tour_expect("rights of the copy", RIGHT_SEND, tour_rights(SENDER));
    tour_expect("rights of its copy", RIGHT_SEND, tour_rights(GRANDCHILD));
    tour_expect("badge of the copy", badge, badge_of(SENDER));
}

static void show_refusals(uint64_t badge)
{
    struct message message = {0};

    print("[tour] A copy is never more than what it comes from:\n");
    tour_refused("to receive through slot 5", ERROR_NO_RIGHT,
                 ipc_recv(SENDER, &message, TIMEOUT_NONE));
    tour_refused("a copy of slot 5 to receive with", ERROR_NO_RIGHT,
                 slot_copy(SPARE, SENDER, RIGHT_RECEIVE, 0));
    tour_refused("a copy of slot 5 with another badge", ERROR_INVALID_ARGUMENT,
                 slot_copy(SPARE, SENDER, RIGHT_SEND, badge + 1));
    tour_refused("a copy where something is already", ERROR_BAD_SLOT,
                 slot_copy(SENDER, ORIGINAL, RIGHTS_ALL, 0));
    tour_refused("a copy of memory, which would be used twice", ERROR_BAD_SLOT,
                 slot_copy(SPARE, MEMORY, RIGHTS_ALL, 0));
    tour_expect("the spare slot", 0, slot_kind(SPARE));
}

static void show_ends(void)
{
    tour_do("delete", slot_delete(SENDER));
    print("[tour] Slot 5 is deleted. Slot 6, its child, is slot 4's child now, and still there.\n");
    tour_expect("the deleted slot", 0, slot_kind(SENDER));
    tour_expect("its child", OBJECT_ENDPOINT, slot_kind(GRANDCHILD));
    tour_expect("children of slot 4", true, slot_has_children(ORIGINAL));
    tour_do("revoke", slot_revoke(ORIGINAL));
    print("[tour] Slot 4 is revoked: it stays, and all that comes from it is gone.\n");
    tour_expect("slot 4", OBJECT_ENDPOINT, slot_kind(ORIGINAL));
    tour_expect("slot 6", 0, slot_kind(GRANDCHILD));
    tour_expect("children of slot 4", false, slot_has_children(ORIGINAL));
    tour_do("delete", slot_delete(ORIGINAL));
    print(
        "[tour] Slot 4 is deleted, the last one: with it the endpoint, and its memory is free.\n");
    tour_expect("children of the memory", false, slot_has_children(MEMORY));
    tour_refused("to delete what is not there", ERROR_BAD_SLOT, slot_delete(ORIGINAL));
}

/** Capabilities. @param argument 1 to 2^62 - 1 @return twice that, by way of the badge */
int64_t main(uint64_t argument)
{
    uint64_t badge;

    print("[tour] 2. Capabilities: copied with less, refused, deleted, revoked.\n");
    show_copies(argument);
    show_refusals(argument);
    badge = badge_of(GRANDCHILD);
    show_ends();
    return tour_end(argument + badge);
}
