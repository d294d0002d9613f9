/**
 * @file
 * Tests of tree_insert(), by itself and as tree_adopt() calls it.
 */
#include "cap/cap.h"
#include "guest.h"
#include "world.h"

#define DERIVATIONS 16u
#define DERIVATION_STEPS 36u

/** A call of tree_insert() or, for a slot that is in the tree, of tree_adopt(). */
struct guest_derivation_step {
    bool begun, finished;
    bool is_adoption;
    uint8_t slot, parent;
    struct guest_world_view after;
};

/** A tree that grows. */
struct guest_derivation {
    bool begun;
    struct guest_world_view before;
    struct guest_derivation_step steps[DERIVATION_STEPS];
};

/** Read by the grader. */
struct guest_derivation guest_derivations[DERIVATIONS];

static void call(struct guest_derivation_step *step, unsigned number, unsigned parent)
{
    struct slot *slot = guest_slot(number);

    step->slot = (uint8_t)number;
    step->parent = (uint8_t)parent;
    step->is_adoption = slot->allows != SLOT_EMPTY;
    if (!step->is_adoption) {
        guest_slot_fill(slot, SLOT_FRAME);
        step->begun = true;
        tree_insert(slot, guest_slot(parent));
    } else {
        step->begun = true;
        tree_adopt(slot, guest_slot(parent));
    }
    guest_world_read(&step->after);
    step->finished = true;
}

/** Whether a slot is another one, or comes from it. Ends also in links that lead in a circle. */
static bool comes_from(const struct slot *slot, const struct slot *other)
{
    for (unsigned i = 0; i < GUEST_PLAIN && slot != NULL; i++) {
        if (slot == other) {
            return true;
        }
        slot = slot->parent;
    }
    return false;
}

/** A slot that is in the tree; the more rounds, the more often one of a few. */
static unsigned any_parent(unsigned count, unsigned number)
{
    return (unsigned)guest_random_below(number % 3 == 0 && count > 3 ? 3 : count);
}

static void begin(struct guest_derivation *run)
{
    guest_world_begin();
    guest_world_read(&run->before);
    run->begun = true;
}

void guest_test_derivation_insert(void);
void guest_test_derivation_insert(void)
{
    for (unsigned i = 0; i < DERIVATIONS; i++) {
        struct guest_derivation *run = &guest_derivations[i];

        begin(run);
        for (unsigned j = 1; j < GUEST_PLAIN; j++) {
            call(&run->steps[j - 1], j, any_parent(j, i));
        }
    }
    guest_checkpoint("done");
}

/** Slots go to other parents, with all that hangs on them. */
void guest_test_derivation_adopt(void);
void guest_test_derivation_adopt(void)
{
    for (unsigned i = 0; i < DERIVATIONS; i++) {
        struct guest_derivation *run = &guest_derivations[i];

        begin(run);
        for (unsigned j = 1; j < GUEST_PLAIN / 2; j++) {
            call(&run->steps[j - 1], j, any_parent(j, i));
        }
        for (unsigned j = GUEST_PLAIN / 2 - 1; j < DERIVATION_STEPS; j++) {
            unsigned slot = 1 + (unsigned)guest_random_below(GUEST_PLAIN / 2 - 1);
            unsigned parent = any_parent(GUEST_PLAIN / 2, i);

            if (comes_from(guest_slot(parent), guest_slot(slot))) {
                parent = 0;
            }
            call(&run->steps[j], slot, parent);
        }
    }
    guest_checkpoint("done");
}
