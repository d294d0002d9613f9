/**
 * @file
 * Tests of cap_revoke_step(): trees of capabilities, and CNodes in them, taken away a step at a
 * time. What ends with a capability (object_release()) and the tree's functions are the test's own.
 */
#include "between.h"
#include "cap/cap.h"
#include "guest.h"
#include "world.h"

#define REVOKES 12u
#define REVOKE_STEPS 176u
#define CALLS_MOST 2000u /* of a round whose steps nobody looks at */
#define RELEASES_MOST 3u /* steps that the end of one capability takes */

/** A call of cap_revoke_step(). */
struct guest_revoke_step {
    bool begun, finished;
    bool result;
    uint8_t work; /**< calls of functions that each do one bounded piece of work */
    struct guest_world_view after;
};

/** A capability that is taken back. */
struct guest_revoke {
    bool begun, finished;
    uint8_t slot;
    uint8_t cnode_of[GUEST_SLOTS]; /**< which CNode the capability in a slot is for */
    uint8_t releases[GUEST_SLOTS]; /**< how many steps its end takes */
    uint8_t waiting_count;
    uint8_t waiting[GUEST_CNODES]; /**< CNodes that are to be emptied, the first one first */
    struct guest_world_view before, after;
    uint64_t calls; /**< until the first one that returned true; all, if none did */
    bool result;    /**< of the last one */
};

/* Read by the grader. The steps are those of the round of the same number. */
struct guest_revoke guest_revokes[REVOKES];
struct guest_revoke_step guest_revoke_steps[REVOKES][REVOKE_STEPS];

static struct guest_revoke *revoke;
static uint8_t releases_left[GUEST_SLOTS];
static uint64_t work;

/* --- in the place of the kernel's own --- */

static void insert(struct slot *slot, struct slot *parent)
{
    work++;
    guest_slot_link(slot, parent);
}

static void adopt(struct slot *child, struct slot *parent)
{
    work++;
    guest_slot_adopt(child, parent);
}

static void move(struct slot *to, struct slot *from)
{
    work++;
    guest_slot_move(to, from);
}

/** The end of one capability: may take some steps. */
static bool release(struct slot *slot)
{
    uint8_t number = guest_slot_number(slot);

    work++;
    if (number < GUEST_SLOTS && releases_left[number] > 0) {
        releases_left[number]--;
        return false;
    }
    if (slot->allows & SLOT_CNODE) {
        slot->cnode->capabilities--;
    }
    return true;
}

static void drop(struct slot *slot)
{
    work++;
    *slot = (struct slot){0};
}

static void replace_parts(void)
{
    guest_between.tree_insert = insert;
    guest_between.tree_remove = guest_slot_unlink;
    guest_between.tree_adopt = adopt;
    guest_between.tree_move = move;
    guest_between.object_release = release;
    guest_between.reply_drop = drop;
}

/* --- worlds --- */

/** A slot's parent: any that is in the tree already, or the newest, so that some trees are deep. */
static struct slot *any_parent(const uint8_t *used, unsigned count, unsigned round)
{
    bool newest = guest_random_below(4) < round % 4;

    return guest_slot(used[newest ? count - 1 : guest_random_below(count)]);
}

/** Which slots are used, in the order in which they come into the tree. */
static unsigned choose_slots(uint8_t used[GUEST_SLOTS], bool cnodes)
{
    unsigned limit = cnodes ? GUEST_SLOTS : GUEST_PLAIN;
    unsigned count = 1;

    used[0] = 0;
    for (unsigned i = 1; i < limit; i++) {
        unsigned in_cnode = i < GUEST_PLAIN ? 2 : (i - GUEST_PLAIN) % (1 + GUEST_CNODE_SLOTS);

        if (in_cnode >= 2 && guest_random_below(5) != 0) {
            used[count++] = (uint8_t)i;
        }
    }
    for (unsigned i = count - 1; i > 1; i--) {
        unsigned other = 1 + (unsigned)guest_random_below(i);
        uint8_t kept = used[i];

        used[i] = used[other];
        used[other] = kept;
    }
    return count;
}

/** Fills the chosen slots. Each of so many CNodes has one or two capabilities. */
static void make_tree(const uint8_t *used, unsigned count, unsigned cnodes, unsigned round)
{
    static const uint32_t kinds[] = {SLOT_UNTYPED,      SLOT_FRAME,  SLOT_ENDPOINT,
                                     SLOT_NOTIFICATION, SLOT_THREAD, SLOT_SPACE};
    unsigned capabilities = cnodes == 0 ? 0 : cnodes + (unsigned)guest_random_below(cnodes + 1);

    for (unsigned i = 1; i < count; i++) {
        bool is_cnode = capabilities > 0 && guest_random_below(count - i) < 2u * capabilities;
        uint32_t kind = kinds[guest_random_below(sizeof(kinds) / sizeof(*kinds))];

        guest_slot_fill(guest_slot(used[i]), kind);
        if (is_cnode) {
            revoke->cnode_of[used[i]] = (uint8_t)(--capabilities % cnodes);
            guest_slot_name_cnode(guest_slot(used[i]), revoke->cnode_of[used[i]]);
        }
        guest_slot_link(guest_slot(used[i]), any_parent(used, i, round));
        releases_left[used[i]] =
            (uint8_t)(guest_random_below(3) == 0 ? guest_random_below(RELEASES_MOST) : 0);
        revoke->releases[used[i]] = releases_left[used[i]];
    }
}

/** Callers who are to be answered: in CNodes, and in no tree. */
static void make_replies(void)
{
    for (unsigned i = GUEST_PLAIN; i < GUEST_SLOTS; i++) {
        bool is_self = (i - GUEST_PLAIN) % (1 + GUEST_CNODE_SLOTS) == 0;

        if (!is_self && guest_slot(i)->allows == SLOT_EMPTY && guest_random_below(4) == 0) {
            guest_slot_fill(guest_slot(i), SLOT_REPLY);
            guest_slot(i)->parent = guest_slot(i)->next = guest_slot(i)->previous = NULL;
        }
    }
}

/** The last CNode has one capability, anywhere, which nothing came from. */
static void make_last_cnode(const uint8_t *used, unsigned count)
{
    for (unsigned i = 1; i < GUEST_PLAIN; i++) {
        if (guest_slot(i)->allows == SLOT_EMPTY) {
            guest_slot_fill(guest_slot(i), SLOT_CNODE);
            guest_slot_name_cnode(guest_slot(i), GUEST_CNODES - 1);
            guest_slot_link(guest_slot(i), guest_slot(used[guest_random_below(count)]));
            revoke->cnode_of[i] = GUEST_CNODES - 1;
            return;
        }
    }
}

/** The last capabilities to some CNodes have been deleted a moment ago. */
static void begin_emptying(void)
{
    for (unsigned i = GUEST_PLAIN - 1; i > 0; i--) {
        struct slot *slot = guest_slot(i);

        if (i != revoke->slot && slot->allows == SLOT_CNODE && slot->child == NULL &&
            slot->cnode->capabilities == 1) {
            for (unsigned j = revoke->waiting_count; j > 0; j--) {
                revoke->waiting[j] = revoke->waiting[j - 1];
            }
            revoke->waiting[0] = revoke->cnode_of[i];
            revoke->waiting_count++;
            while (!cap_clear(slot)) {
            }
        }
    }
}

/** A plain slot with something in it: mostly one that has children, if there is one. In every other
 * round the one that has been there longest, from which most has come. */
static uint8_t choose_revoked(const uint8_t *used, unsigned count, unsigned round)
{
    uint8_t chosen = 0;
    unsigned seen = 0;

    for (unsigned i = 1; i < count; i++) {
        bool has_children = guest_slot(used[i])->child != NULL;

        if (used[i] < GUEST_PLAIN && has_children == (round % 6 != 5) &&
            (seen++ == 0 || (round % 2 != 0 && guest_random_below(seen) == 0))) {
            chosen = used[i];
        }
    }
    return chosen;
}

static void make_world(unsigned round, bool cnodes)
{
    uint8_t used[GUEST_SLOTS];
    unsigned count = choose_slots(used, cnodes);
    bool waiting = cnodes && round % 3 == 2;

    revoke = &guest_revokes[round];
    guest_world_begin();
    for (unsigned i = 0; i < GUEST_SLOTS; i++) {
        revoke->cnode_of[i] = GUEST_NO_SLOT;
        releases_left[i] = 0;
    }
    make_tree(used, count, cnodes ? GUEST_CNODES - waiting : 0, round);
    revoke->slot = choose_revoked(used, count, round);
    if (cnodes) {
        make_replies();
    }
    if (waiting) {
        make_last_cnode(used, count);
        begin_emptying();
    }
    guest_world_read(&revoke->before);
    revoke->begun = true;
}

/* --- tests --- */

/** Until there is nothing to do, and once more. */
static void run_steps(unsigned round)
{
    bool again = false;

    for (unsigned i = 0; i < REVOKE_STEPS && !again; i++) {
        struct guest_revoke_step *step = &guest_revoke_steps[round][i];

        again = i > 0 && guest_revoke_steps[round][i - 1].result;
        work = 0;
        step->begun = true;
        step->result = cap_revoke_step(guest_slot(revoke->slot));
        step->work = (uint8_t)(work < UINT8_MAX ? work : UINT8_MAX);
        guest_world_read(&step->after);
        step->finished = true;
    }
    revoke->finished = true;
}

void guest_test_revoke_steps(void);
void guest_test_revoke_steps(void)
{
    replace_parts();
    for (unsigned i = 0; i < REVOKES; i++) {
        make_world(i, false);
        run_steps(i);
    }
    guest_checkpoint("done");
}

void guest_test_revoke_cnodes(void);
void guest_test_revoke_cnodes(void)
{
    replace_parts();
    for (unsigned i = 0; i < REVOKES; i++) {
        make_world(i, true);
        run_steps(i);
    }
    guest_checkpoint("done");
}

/** What comes of all steps together. */
void guest_test_revoke_tree(void);
void guest_test_revoke_tree(void)
{
    replace_parts();
    for (unsigned i = 0; i < REVOKES; i++) {
        make_world(i, i % 2 != 0);
        while (!revoke->result && revoke->calls < CALLS_MOST) {
            revoke->result = cap_revoke_step(guest_slot(revoke->slot));
            revoke->calls++;
        }
        guest_world_read(&revoke->after);
        revoke->finished = true;
    }
    guest_checkpoint("done");
}
