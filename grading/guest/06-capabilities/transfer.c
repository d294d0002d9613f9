/**
 * @file
 * Tests of transfer_copy(), through transfer_slot(): what it asks slots_copy() for, which is the
 * test's own, and what it tells the receiver.
 */
#include "between.h"
#include "guest.h"
#include "ipc/message.h"
#include "lib/string.h"

#define TRANSFERS 160u
#define SLOTS 16u

/** A call, and what slots_copy() has seen of it. */
struct guest_transfer {
    bool begun, finished;
    uint64_t info;                         /**< the argument */
    uint64_t receive_slot;                 /**< of the receiver's buffer */
    uint64_t withheld;                     /**< of the sender's */
    uint64_t other_slot, not_mine;         /**< the same two words of the other's buffer */
    uint64_t sender_slots, receiver_slots; /**< where slot 0 of each would be */
    uint64_t copy_error;                   /**< what slots_copy() answers */
    uint64_t result;
    uint64_t copies; /**< how often it was called; and the last one's arguments */
    uint64_t thread, number, from_slot, rights;
    bool changed; /**< a slot, a buffer or a thread is not as it was */
};

/** A task as far as messages need it. Of its capability space only some slots are in memory. */
struct guest_party {
    struct thread thread;
    uint64_t buffer[MESSAGE_WORDS_MAX];
    struct slot slots[SLOTS];
};

/* Read by the grader. */
struct guest_transfer guest_transfers[TRANSFERS];
struct guest_party guest_sender, guest_receiver;

static struct guest_transfer *transfer;

static enum error copy(struct thread *thread, uint64_t number, struct slot *from, uint64_t rights)
{
    transfer->copies++;
    transfer->thread = (uintptr_t)thread;
    transfer->number = number;
    transfer->from_slot = (uintptr_t)from;
    transfer->rights = rights;
    return (enum error)transfer->copy_error;
}

static void fill(void *memory, size_t size)
{
    uint64_t *words = memory;

    for (size_t i = 0; i < size / sizeof(*words); i++) {
        words[i] = guest_random();
    }
}

/** @param first  the number of the first of its slots that are in memory */
static void make_party(struct guest_party *party, uint64_t first)
{
    uintptr_t slots = (uintptr_t)party->slots - first * sizeof(struct slot);

    fill(party, sizeof(*party));
    party->thread.buffer = party->buffer;
    party->thread.slots = (struct slot *)slots;
    party->thread.slot_count = first + SLOTS;
    for (unsigned i = 0; i < SLOTS; i++) {
        party->slots[i].allows = SLOT_ENDPOINT;
    }
}

/** The word that names a slot of the receiver's: mostly one that may be there. */
static uint64_t any_receive_slot(unsigned number)
{
    switch (number % 6) {
    case 0:
        return 0;
    case 1:
        return MESSAGE_SLOT_MASK - guest_random_below(4);
    case 2: /* too large, though its low bits are not */
        return guest_random() << 16 | guest_random_below(SLOTS);
    default:
        return 1 + guest_random_below(SLOTS - 1);
    }
}

/** The number of the first of some slots: small, or any that there may be. */
static uint64_t any_first_slot(void)
{
    uint64_t choices = guest_random_below(2) == 0 ? SLOTS : MESSAGE_SLOT_MASK - SLOTS + 1;

    return 1 + guest_random_below(choices);
}

static void prepare(unsigned number, enum error copy_error)
{
    uint64_t first = any_first_slot();
    uint64_t slot = first + guest_random_below(SLOTS);

    transfer = &guest_transfers[number];
    make_party(&guest_sender, first);
    make_party(&guest_receiver, any_first_slot());
    transfer->sender_slots = (uintptr_t)guest_sender.thread.slots;
    transfer->receiver_slots = (uintptr_t)guest_receiver.thread.slots;
    transfer->receive_slot = any_receive_slot((unsigned)guest_random());
    transfer->withheld = guest_random_below(4) == 0 ? guest_random() : guest_random_below(8);
    guest_receiver.buffer[MESSAGE_RECEIVE_SLOT_WORD] = transfer->receive_slot;
    guest_sender.buffer[MESSAGE_WITHHELD_WORD] = transfer->withheld;
    transfer->other_slot = guest_sender.buffer[MESSAGE_RECEIVE_SLOT_WORD];
    transfer->not_mine = guest_receiver.buffer[MESSAGE_WITHHELD_WORD];
    transfer->info = guest_random() & ~(MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT);
    transfer->info |= MESSAGE_TRANSFER | slot << MESSAGE_SLOT_SHIFT;
    transfer->copy_error = copy_error;
    if (copy_error == ERROR_NONE && transfer->receive_slot - 1 >= MESSAGE_SLOT_MASK) {
        transfer->copy_error = ERROR_BAD_SLOT; /* there are no such slots */
    }
}

static void call(void)
{
    static struct guest_party sender, receiver;

    memcpy(&sender, &guest_sender, sizeof(sender));
    memcpy(&receiver, &guest_receiver, sizeof(receiver));
    guest_between.slots_copy = copy;
    transfer->begun = true;
    transfer->result = transfer_slot(&guest_sender.thread, &guest_receiver.thread, transfer->info);
    transfer->changed = memcmp(&sender, &guest_sender, sizeof(sender)) != 0 ||
                        memcmp(&receiver, &guest_receiver, sizeof(receiver)) != 0;
    transfer->finished = true;
}

void guest_test_transfer_copy(void);
void guest_test_transfer_copy(void)
{
    for (unsigned i = 0; i < TRANSFERS; i++) {
        prepare(i, ERROR_NONE);
        call();
    }
    guest_checkpoint("done");
}

/** The copy is refused, or nothing is to travel. */
void guest_test_transfer_refused(void);
void guest_test_transfer_refused(void)
{
    static const enum error errors[] = {ERROR_BAD_SLOT, ERROR_NO_RIGHT, ERROR_INVALID_ARGUMENT};

    for (unsigned i = 0; i < TRANSFERS; i++) {
        prepare(i, errors[guest_random_below(3)]);
        if (i % 8 == 0) {
            transfer->info &= ~MESSAGE_TRANSFER;
            transfer->info ^= guest_random() & MESSAGE_SLOT_MASK << MESSAGE_SLOT_SHIFT;
            transfer->copy_error = ERROR_NONE;
        }
        call();
    }
    guest_checkpoint("done");
}
