/**
 * @file
 * Tests of ask_handler(), through fault_deliver(): what is done, in which order. All that the two
 * call is the test's own.
 */
#include "abi/exception.h"
#include "between.h"
#include "catch.h"
#include "guest.h"
#include "task/program.h"
#include "task/sched.h"

#define DELIVERIES 128u
#define DEEDS 6u

/** What fault_deliver() may do, in the order of the grader's names. */
enum deed { DEED_NONE, DEED_SEND, DEED_END, DEED_FOLLOW, DEED_LEAVE };

/** A call, and all that it has done. */
struct guest_delivery {
    bool begun, finished;
    bool returned;        /**< it has, although it never may */
    struct context saved; /**< the registers of the program */
    uint64_t address;     /**< of the page fault, as the CPU has it */
    uint64_t send_error;  /**< what fault_send() answers */
    uint64_t deed_count;
    uint64_t deeds[DEEDS];    /**< enum deed */
    uint64_t subjects[DEEDS]; /**< whom or what each was about */
    uint64_t words[2];        /**< what fault_send() was told */
    bool changed;             /**< the registers are not as they were */
    bool faulted;             /**< it has made an exception itself */
    struct guest_caught caught;
};

/* Read by the grader. */
struct guest_delivery guest_deliveries[DELIVERIES];
struct thread guest_delivery_thread;

static struct guest_delivery *delivery;
static bool has_left;

static void note(enum deed deed, uint64_t subject)
{
    if (delivery->deed_count < DEEDS) {
        delivery->deeds[delivery->deed_count] = deed;
        delivery->subjects[delivery->deed_count] = subject;
        delivery->deed_count++;
    }
}

/** Goes back to the test from what never returns: guest_try() takes an exception for the end. */
static void escape(void)
{
    has_left = true;
    __builtin_trap();
}

static uint64_t address(void)
{
    return delivery->address;
}

static enum error send(struct thread *thread, uintptr_t word_0, unsigned word_1)
{
    note(DEED_SEND, (uintptr_t)thread);
    delivery->words[0] = word_0;
    delivery->words[1] = word_1;
    return (enum error)delivery->send_error;
}

static void end(const struct context *saved)
{
    note(DEED_END, (uintptr_t)saved);
    escape();
}

static void follow(struct thread *thread)
{
    note(DEED_FOLLOW, (uintptr_t)thread);
}

static void leave(void)
{
    note(DEED_LEAVE, 0);
    escape();
}

static void deliver(void *saved)
{
    fault_deliver(saved);
}

static void fill(void *memory, size_t size)
{
    uint64_t *words = memory;

    for (size_t i = 0; i < size / sizeof(*words); i++) {
        words[i] = guest_random();
    }
}

/** Error codes have up to 32 bits, and look like those of page faults now and then. */
static uint64_t any_error(void)
{
    switch (guest_random_below(4)) {
    case 0:
        return guest_random_below(0x10000) & ~7ul;
    case 1:
        return guest_random() >> 32;
    default:
        return guest_random_below(0x20);
    }
}

/** Registers of a program at fault. */
static void make_context(struct context *saved, unsigned number)
{
    static const uint8_t vectors[] = {0, 1, 3, 4, 5, 6, 10, 11, 12, 13, 16, 17, 19, 21, 31};

    fill(saved, sizeof(*saved));
    saved->vector = number % 2 == 0 ? 14 : vectors[guest_random_below(sizeof(vectors))];
    saved->error = any_error();
}

static void run(unsigned number, enum error send_error)
{
    struct context *saved = &guest_delivery_thread.context;
    const uint64_t *before, *after = (const uint64_t *)saved;

    delivery = &guest_deliveries[number];
    guest_delivery_thread = (struct thread){.state = THREAD_RUNNING};
    sched.current = &guest_delivery_thread;
    make_context(&delivery->saved, number);
    *saved = delivery->saved;
    delivery->address = guest_random();
    delivery->send_error = send_error;
    has_left = false;
    delivery->begun = true;
    delivery->returned = guest_try(deliver, saved, &delivery->caught);
    delivery->faulted = !delivery->returned && !has_left;
    before = (const uint64_t *)&delivery->saved;
    for (size_t i = 0; i < sizeof(*saved) / sizeof(*before); i++) {
        delivery->changed = delivery->changed || before[i] != after[i];
    }
    delivery->finished = true;
}

static void replace_parts(void)
{
    guest_between.cpu_fault_address = address;
    guest_between.fault_send = send;
    guest_between.fault_end_task = end;
    guest_between.priority_follow = follow;
    guest_between.sched_leave = leave;
}

void guest_test_handler_told(void);
void guest_test_handler_told(void)
{
    replace_parts();
    for (unsigned i = 0; i < DELIVERIES; i++) {
        run(i, ERROR_NONE);
    }
    guest_checkpoint("done");
}

void guest_test_handler_nobody(void);
void guest_test_handler_nobody(void)
{
    static const enum error errors[] = {ERROR_BAD_SLOT, ERROR_NO_RIGHT, ERROR_PEER_ENDED};

    replace_parts();
    for (unsigned i = 0; i < DELIVERIES; i++) {
        run(i, guest_random_below(5) == 0 ? ERROR_NONE : errors[guest_random_below(3)]);
    }
    guest_checkpoint("done");
}
