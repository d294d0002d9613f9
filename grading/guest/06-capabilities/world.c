/**
 * @file
 * Slots of the test's own. See world.h.
 */
#include "world.h"

#include "guest.h"
#include "lib/string.h"

/** A CNode, whose slots the kernel's structure does not count. */
struct room {
    _Alignas(
        struct slot) uint8_t bytes[sizeof(struct cnode) + GUEST_CNODE_SLOTS * sizeof(struct slot)];
};

static struct slot plain[GUEST_PLAIN];
static struct room rooms[GUEST_CNODES];

/* What was put into each slot, in the fields that are nobody's business here. */
static struct slot contents[GUEST_SLOTS];

void guest_world_begin(void)
{
    memset(plain, 0, sizeof(plain));
    memset(rooms, 0, sizeof(rooms));
    memset(contents, 0, sizeof(contents));
    for (unsigned i = 0; i < GUEST_CNODES; i++) {
        guest_cnode(i)->count = GUEST_CNODE_SLOTS;
    }
    guest_slot_fill(&plain[0], SLOT_UNTYPED);
    plain[0].parent = plain[0].next = plain[0].previous = NULL;
}

struct cnode *guest_cnode(unsigned number)
{
    return (struct cnode *)rooms[number].bytes;
}

struct slot *guest_slot(unsigned number)
{
    unsigned place = number - GUEST_PLAIN;

    if (number < GUEST_PLAIN) {
        return &plain[number];
    }
    return &guest_cnode(place / (1 + GUEST_CNODE_SLOTS))->self + place % (1 + GUEST_CNODE_SLOTS);
}

uint8_t guest_slot_number(const struct slot *slot)
{
    if (slot == NULL) {
        return GUEST_NO_SLOT;
    }
    for (unsigned i = 0; i < GUEST_SLOTS; i++) {
        if (guest_slot(i) == slot) {
            return (uint8_t)i;
        }
    }
    return GUEST_STRANGE_SLOT;
}

void guest_slot_fill(struct slot *slot, uint32_t allows)
{
    uint64_t *words = (uint64_t *)slot;

    for (size_t i = 0; i < sizeof(*slot) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
    slot->allows = allows;
    slot->child = NULL;
    slot->extra = 0; /* no thread's part */
    contents[guest_slot_number(slot)] = *slot;
}

void guest_slot_name_cnode(struct slot *slot, unsigned number)
{
    slot->allows = SLOT_CNODE;
    slot->cnode = guest_cnode(number);
    slot->cnode->capabilities++;
    contents[guest_slot_number(slot)] = *slot;
}

/* --- tree.c, once more --- */

void guest_slot_link(struct slot *slot, struct slot *parent)
{
    struct slot *first = parent->child;

    slot->parent = parent;
    slot->previous = NULL;
    slot->next = first;
    if (first != NULL) {
        first->previous = slot;
    }
    parent->child = slot;
}

void guest_slot_unlink(struct slot *slot)
{
    struct slot **link = slot->previous == NULL ? &slot->parent->child : &slot->previous->next;

    *link = slot->next;
    if (slot->next != NULL) {
        slot->next->previous = slot->previous;
    }
}

void guest_slot_adopt(struct slot *child, struct slot *parent)
{
    if (child->parent->allows == SLOT_UNTYPED) {
        child->parent->allows = SLOT_CLOSING_UNTYPED;
    }
    guest_slot_unlink(child);
    guest_slot_link(child, parent);
}

void guest_slot_move(struct slot *to, struct slot *from)
{
    struct slot *parent = from->parent;

    contents[guest_slot_number(to)] = contents[guest_slot_number(from)];
    guest_slot_unlink(from);
    *to = *from;
    guest_slot_link(to, parent);
    *from = (struct slot){0};
}

/* --- what is read of them --- */

static bool is_changed(const struct slot *slot, const struct slot *content)
{
    return slot->pages != content->pages || slot->badge != content->badge ||
           slot->start != content->start || slot->extra != content->extra;
}

void guest_world_read(struct guest_world_view *view)
{
    for (unsigned i = 0; i < GUEST_SLOTS; i++) {
        const struct slot *slot = guest_slot(i);

        view->slots[i] = (struct guest_slot_view){
            slot->allows, guest_slot_number(slot->parent), guest_slot_number(slot->child),
            guest_slot_number(slot->next), guest_slot_number(slot->previous)};
        view->changed =
            view->changed || (slot->allows != SLOT_EMPTY && is_changed(slot, &contents[i]));
    }
    for (unsigned i = 0; i < GUEST_CNODES; i++) {
        view->capabilities[i] = (uint8_t)guest_cnode(i)->capabilities;
        view->cursors[i] = (uint8_t)guest_cnode(i)->cursor;
    }
}
