/**
 * @file
 * The derivation tree: each slot's links, and what the slots hold, against the model's list.
 */
#include "arch/page_table.h"
#include "arch/paging.h"
#include "cap/cap.h"
#include "capabilities/stage.h"
#include "harness.h"
#include "host/cpu.h"
#include "ipc/endpoint.h"
#include "object/object.h"
#include "suites/check.h"
#include "task/sched.h"

#define EITHER_CLOSING (SLOT_CLOSING_ENDPOINT | SLOT_CLOSING_NOTIFICATION)

/** What a slot allows for this. */
static uint32_t allows_of(const struct model_cap *cap)
{
    static const uint32_t plain[] = {
        [OBJECT_UNTYPED] = SLOT_UNTYPED, [OBJECT_CNODE] = SLOT_CNODE, [OBJECT_THREAD] = SLOT_THREAD,
        [OBJECT_SPACE] = SLOT_SPACE,     [OBJECT_IRQ] = SLOT_IRQ,     [OBJECT_PORTS] = SLOT_PORTS};

    switch (cap->kind) {
    case OBJECT_ENDPOINT:
        return cap->rights;
    case OBJECT_NOTIFICATION:
        return cap->rights << SLOT_NOTIFICATION_SHIFT;
    case OBJECT_FRAME:
        return cap->rights << SLOT_FRAME_SHIFT | (cap->is_device ? SLOT_DEVICE : 0);
    default:
        return plain[cap->kind];
    }
}

static void compare_frame(int number, const struct slot *slot, bool is_between)
{
    const struct model_cap *cap = &model.caps[number];
    struct space *space = space_find(slot->badge == 0 ? 0 : slot->extra);

    expect_equal(slot->start, cap->start, "capability %d: the frame's address", number);
    expect_equal(slot->pages, cap->size / PAGE_SIZE, "capability %d: the frame's pages", number);
    if (cap->space == MODEL_NOBODY) {
        EXPECT(space == NULL, "capability %d: expected to be mapped nowhere", number);
        return;
    }
    EXPECT(space == model_memory(cap->space) || (is_between && space == NULL),
           "capability %d: is not mapped where it should be", number);
    expect_equal(slot->badge, cap->address, "capability %d: where it is mapped", number);
}

/** What a slot holds. Between two steps an untyped may have lost its last child already, and a
 * frame the address space that it was mapped in. */
static void compare_content(int number, const struct slot *slot, bool is_between)
{
    const struct model_cap *cap = &model.caps[number];

    expect_equal(slot->allows, allows_of(cap), "capability %d: what it allows", number);
    switch (cap->kind) {
    case OBJECT_FRAME:
        compare_frame(number, slot, is_between);
        return;
    case OBJECT_UNTYPED:
        expect_equal(slot->start, cap->start, "capability %d: the untyped's address", number);
        expect_equal(slot->badge, cap->size, "capability %d: its bytes", number);
        expect_equal(is_between && slot->child == NULL ? model_untyped_free(number)
                                                       : untyped_free(slot),
                     model_untyped_free(number), "capability %d: free bytes", number);
        return;
    case OBJECT_IRQ:
        expect_equal(slot->start, cap->start, "capability %d: the line", number);
        return;
    case OBJECT_PORTS:
        expect_equal(slot->start, cap->start, "capability %d: the first port", number);
        expect_equal(slot->badge, cap->size, "capability %d: the last port", number);
        return;
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        expect_equal(slot->badge, cap->badge, "capability %d: its badge", number);
        break;
    default:
        break;
    }
    EXPECT((void *)slot->cnode == model_memory(cap->object), "capability %d names another object",
           number);
}

/** @return whether a slot is where a CNode that is being emptied keeps its own last capability */
static bool is_own_slot(const struct slot *slot)
{
    for (int i = 0; i < model.object_count; i++) {
        if (model.objects[i].is_alive && model.objects[i].kind == OBJECT_CNODE &&
            slot == &((struct cnode *)model_memory(i))->self) {
            return true;
        }
    }
    return false;
}

static int parent_of(const struct slot *slot)
{
    return slot->parent == &cap_origin ? MODEL_NOBODY : model_cap_at(slot->parent);
}

/** Between two steps: parents may be skipped, and what goes may be closing. */
static void compare_between(int number, const struct slot *slot, const bool *doomed)
{
    int parent = parent_of(slot), expected = model.caps[number].parent;

    if (slot->parent != &cap_origin && parent == MODEL_NOBODY) {
        EXPECT(is_own_slot(slot->parent), "capability %d: its parent is no capability", number);
        return;
    }
    EXPECT(parent == MODEL_NOBODY || model_is_below(expected, parent),
           "capability %d: has become a child of one that it did not come from", number);
    while (expected != MODEL_NOBODY && doomed[expected] && expected != parent) {
        expected = model.caps[expected].parent;
    }
    if (!doomed[number]) {
        EXPECT((slot->allows & EITHER_CLOSING) == 0, "capability %d: ends, but is to stay", number);
        expect_equal((uint64_t)parent, (uint64_t)expected, "capability %d: its parent", number);
    }
}

/** One slot of the tree. @return whether the model has it, and it stays */
static bool compare_slot(const struct slot *slot, const bool *doomed)
{
    int number = model_cap_at(slot);

    if (number == MODEL_NOBODY) {
        EXPECT(doomed != NULL && is_own_slot(slot), "there is a capability that should not be");
        return false;
    }
    if (doomed != NULL) {
        compare_between(number, slot, doomed);
        if (doomed[number]) {
            return false;
        }
    } else {
        expect_equal((uint64_t)parent_of(slot), (uint64_t)model.caps[number].parent,
                     "capability %d: its parent", number);
    }
    compare_content(number, slot, doomed != NULL);
    return true;
}

static size_t met; /* slots that are in the model and stay */
static size_t seen;

/** A slot's children: links both ways, and each one's own children. */
static void walk(const struct slot *parent, const bool *doomed)
{
    const struct slot *previous = NULL;

    for (const struct slot *slot = parent->child; slot != NULL; slot = slot->next) {
        EXPECT(slot->parent == parent, "a slot's parent does not lead back");
        EXPECT(slot->previous == previous, "a slot's way to its neighbour is broken");
        EXPECT(slot->allows != SLOT_EMPTY && slot->allows != SLOT_REPLY,
               "a slot in the tree allows %#x", slot->allows);
        EXPECT(++seen <= 2 * MODEL_CAPS, "the tree goes round");
        met += compare_slot(slot, doomed);
        walk(slot, doomed);
        previous = slot;
    }
}

/** A slot that is not empty has been met, or may answer somebody. (That none is empty which should
 * not be has been seen already: in the tree, and at the threads that wait for an answer.) */
static void check_slot(const struct slot *slot)
{
    if (slot->allows == SLOT_REPLY) {
        EXPECT(model_caller(slot) != MODEL_NOBODY, "a slot may answer, but nobody waits for that");
    } else if (slot->allows != SLOT_EMPTY) {
        EXPECT(model_cap_at(slot) != MODEL_NOBODY, "a slot that should be empty allows %#x",
               slot->allows);
    }
}

static void check_cnode(const struct model_object *object, const struct cnode *cnode)
{
    expect_equal(cnode->count, object->count, "slots of a CNode");
    EXPECT(cnode->slots[0].allows == SLOT_EMPTY, "slot 0 of a CNode is not empty");
    for (uint64_t i = 0; i < object->count; i++) {
        check_slot(&cnode->slots[i]);
    }
}

/**
 * Compares all slots with the model.
 *
 * @param doomed  NULL, or between two steps: the capabilities that are going
 */
void check_tree(const bool *doomed)
{
    size_t expected = 0;

    met = 0;
    seen = 0;
    walk(&cap_origin, doomed);
    for (int i = 0; i < model.cap_count; i++) {
        expected += model.caps[i].slot != NULL && (doomed == NULL || !doomed[i]);
    }
    expect_equal(met, expected, "capabilities in the tree");
    for (int i = 0; doomed == NULL && i < model.object_count; i++) {
        if (model.objects[i].is_alive && model.objects[i].kind == OBJECT_CNODE) {
            check_cnode(&model.objects[i], model_memory(i));
        }
    }
}

/** An address space shows what is mapped in it, and nothing else. */
static void check_space(int number)
{
    const struct model_object *object = &model.objects[number];
    const struct space *space = model_memory(number);
    uint64_t expected = 0, found = 0;

    expect_equal(space->tables, object->count, "pages for tables of an address space");
    expect_equal(space->used, object->tables_used, "tables in use of an address space");
    for (int i = 0; i < model.cap_count; i++) {
        const struct model_cap *cap = &model.caps[i];

        for (uint64_t at = 0; cap->slot != NULL && cap->space == number && at < cap->size;
             at += PAGE_SIZE) {
            unsigned rights = 0;

            expect_equal(page_find(space_root(space), cap->address + at, &rights), cap->start + at,
                         "capability %d: what its address %#lx shows", i, cap->address + at);
            expect_equal(rights, cap->mapped_rights, "capability %d: its pages' rights", i);
            expected++;
        }
    }
    for (uint64_t i = 1; i < object->tables_used; i++) {
        const uint64_t *table = paging_window(space_root(space) + i * PAGE_SIZE);

        for (size_t j = 0; object->tables[i].level == 1 && j < PAGE_SIZE / 8; j++) {
            found += table[j] != 0;
        }
    }
    expect_equal(found, expected, "pages that an address space shows");
}

/** How many capabilities to an endpoint may receive. */
static unsigned count_receivers(int endpoint)
{
    unsigned count = 0;

    for (int i = 0; i < model.cap_count; i++) {
        count += model.caps[i].slot != NULL && model.caps[i].object == endpoint &&
                 (model.caps[i].rights & RIGHT_RECEIVE) != 0;
    }
    return count;
}

static void check_object(int number)
{
    union {
        const struct endpoint *endpoint;
        const struct notification *notification;
        const struct cnode *cnode;
        const struct thread *thread;
        const struct space *space;
        const void *memory;
    } at = {.memory = model_memory(number)};
    uint64_t names = (uint64_t)model_names(number);

    switch (model.objects[number].kind) {
    case OBJECT_ENDPOINT:
        expect_equal(at.endpoint->slots, names, "capabilities to endpoint %d", number);
        expect_equal(at.endpoint->receive_slots, count_receivers(number),
                     "those of endpoint %d that may receive", number);
        break;
    case OBJECT_NOTIFICATION:
        expect_equal(at.notification->slots, names, "capabilities to notification %d", number);
        expect_equal(at.notification->bits, model.objects[number].bits, "bits of notification %d",
                     number);
        break;
    case OBJECT_CNODE:
        expect_equal(at.cnode->capabilities, names, "capabilities to CNode %d", number);
        break;
    case OBJECT_THREAD:
        expect_equal(at.thread->capabilities, names, "capabilities to thread %d", number);
        break;
    default:
        expect_equal(at.space->capabilities, names, "capabilities to address space %d", number);
        check_space(number);
    }
}

/** A line without a capability does not interrupt. */
static void check_lines(void)
{
    for (unsigned line = 0; line < MODEL_LINES; line++) {
        bool is_named = false;

        for (int i = 0; i < model.cap_count; i++) {
            is_named |= model.caps[i].slot != NULL && model.caps[i].kind == OBJECT_IRQ &&
                        model.caps[i].start == line;
        }
        EXPECT(is_named || !stage_line_is_open[line], "line %u may interrupt, but is nobody's",
               line);
    }
}

/** Compares all objects but threads with the model. */
void check_objects(void)
{
    for (int i = 0; i < model.object_count; i++) {
        const struct model_object *one = &model.objects[i];

        for (int j = 0; one->is_alive && j < i; j++) {
            const struct model_object *other = &model.objects[j];

            EXPECT(!other->is_alive || one->start + one->bytes <= other->start ||
                       other->start + other->bytes <= one->start,
                   "the objects %d and %d lie one on the other", i, j);
        }
        if (one->is_alive) {
            check_object(i);
        }
    }
    check_lines();
    host_cpu_check();
}

static int object_at(enum object_kind kind, void *memory, uint64_t bytes, uint64_t count)
{
    uint64_t start = (uint64_t)((char *)memory - (char *)paging_window(0));

    for (int i = 0; i < model.object_count; i++) {
        if (model.objects[i].start == start) {
            return i;
        }
    }
    return model_add_object(
        (struct model_object){.kind = kind, .start = start, .bytes = bytes, .count = count});
}

/** Takes over what the kernel has put into a slot at boot. */
static void learn_slot(struct slot *slot)
{
    struct model_cap cap = {.slot = slot,
                            .parent = MODEL_NOBODY,
                            .object = MODEL_NOBODY,
                            .rights = RIGHTS_ALL,
                            .space = MODEL_NOBODY,
                            .start = slot->start};

    if (slot->allows & SLOT_UNTYPED) {
        cap.kind = OBJECT_UNTYPED;
        cap.size = slot->badge;
        cap.next = slot->extra;
    } else if (slot->allows & SLOT_FRAME) {
        cap.kind = OBJECT_FRAME;
        cap.rights = slot->allows >> SLOT_FRAME_SHIFT & RIGHTS_ALL;
        cap.is_device = (slot->allows & SLOT_DEVICE) != 0;
        cap.size = slot->pages * (uint64_t)PAGE_SIZE;
    } else if (slot->allows & SLOT_CNODE) {
        cap.kind = OBJECT_CNODE;
        cap.object =
            object_at(OBJECT_CNODE, slot->cnode,
                      sizeof(struct cnode) + slot->badge * sizeof(struct slot), slot->badge);
    } else if (slot->allows & SLOT_SPACE) {
        cap.kind = OBJECT_SPACE;
        cap.object = object_at(OBJECT_SPACE, slot->space, (slot->space->tables + 1) * PAGE_SIZE,
                               slot->space->tables);
    } else if (slot->allows & SLOT_THREAD) {
        cap.kind = OBJECT_THREAD;
        cap.object = object_at(OBJECT_THREAD, slot->thread, 2048, 0);
    } else {
        cap.kind = slot->allows & SLOT_IRQ ? OBJECT_IRQ : OBJECT_PORTS;
        cap.size = slot->badge;
    }
    model_add_cap(cap);
}

static void learn_children(struct slot *parent)
{
    for (struct slot *slot = parent->child; slot != NULL; slot = slot->next) {
        learn_slot(slot);
        learn_children(slot);
    }
}

/** Where the root task's frames are mapped: it has made the mappings itself, in its only space. */
static void learn_mapping(int number, int space)
{
    struct model_cap *cap = &model.caps[number];
    const struct slot *slot = cap->slot;
    unsigned rights = 0;

    if (slot != NULL && cap->kind == OBJECT_FRAME && slot->badge != 0) {
        page_find(space_root(model_memory(space)), slot->badge, &rights);
        expect_equal(model_map(number, space, slot->badge, rights), ERROR_NONE, "a mapping");
    }
}

/** Takes over what the kernel has made at boot, the root task. */
void check_learn(void)
{
    model.current = MODEL_NOBODY;
    learn_children(&cap_origin);
    for (int i = 0; i < model.cap_count; i++) {
        model.caps[i].parent = parent_of(model.caps[i].slot);
    }
    for (int i = 0; i < model.object_count; i++) {
        if (model_memory(i) == sched.current) {
            model.root = i;
        }
    }
    for (int i = 0; i < model.cap_count; i++) {
        for (int j = 0; j < model.object_count; j++) {
            if (model.objects[j].kind == OBJECT_SPACE) {
                learn_mapping(i, j);
            }
        }
    }
    model.current = model.root;
    model_thread(model.root)->state = THREAD_RUNNING;
    model_thread(model.root)->level = PRIORITY_LEVELS - 1;
    model_thread(model.root)->quantum = sched.current->quantum;
    model_thread(model.root)->has_started = true;
}
