/**
 * @file
 * Test of fault_send(): what it hands to endpoint_send(), which is the test's own.
 */
#include "abi/fault.h"
#include "abi/memory.h"
#include "between.h"
#include "guest.h"
#include "ipc/fault_message.h"
#include "task/sched.h"

#define FAULTS 64u

/** A call, and what endpoint_send() has seen of it. */
struct guest_fault {
    bool begun, finished;
    uint64_t address, access; /**< the arguments */
    struct slot slot;         /**< the thread's slot SLOT_FAULTS */
    uint64_t send_error;      /**< what endpoint_send() answers */
    uint64_t result;
    uint64_t calls; /**< of endpoint_send(), and the last one's arguments */
    uint64_t sender, endpoint, badge, is_call, timeout;
    bool was_faulting;            /**< the thread was marked then */
    struct context message;       /**< `fault` of the thread then */
    bool is_faulting;             /**< the thread is marked in the end */
    struct context before, after; /**< the thread's own registers */
};

/* Read by the grader. */
struct guest_fault guest_faults[FAULTS];
struct thread guest_fault_thread;

static struct guest_fault *fault;
static struct endpoint endpoints[2];
static struct notification *notification = (struct notification *)&endpoints[1];

static enum error send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                       bool is_call, uint64_t timeout)
{
    fault->calls++;
    fault->sender = (uintptr_t)sender;
    fault->endpoint = (uintptr_t)endpoint;
    fault->badge = badge;
    fault->is_call = is_call;
    fault->timeout = timeout;
    fault->was_faulting = sender->is_faulting;
    fault->message = sender->fault;
    return (enum error)fault->send_error;
}

static void fill_context(struct context *context)
{
    uint64_t *words = (uint64_t *)context;

    for (size_t i = 0; i < sizeof(*context) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
}

/** Whom the thread may call: mostly somebody. */
static struct slot any_slot(unsigned number)
{
    struct slot slot = {SLOT_ENDPOINT_SEND, guest_random(), {&endpoints[0]}};

    switch (number % 6) {
    case 0:
        slot = (struct slot){0};
        break;
    case 1: /* receives, but does not send */
        slot.allows = SLOT_ENDPOINT_RECEIVE;
        break;
    case 2:
        slot.allows = SLOT_NOTIFY | SLOT_WAIT;
        slot.notification = notification;
        break;
    case 3:
        slot.allows = SLOT_ENDPOINT;
        break;
    default:
        break;
    }
    return slot;
}

static void prepare(unsigned number)
{
    static const uint64_t accesses[] = {MEMORY_READ, MEMORY_WRITE, MEMORY_EXECUTE};
    struct thread *thread = &guest_fault_thread;

    fault = &guest_faults[number];
    *thread = (struct thread){.state = THREAD_RUNNING};
    sched.current = thread;
    fill_context(&thread->context);
    fill_context(&thread->fault); /* of an earlier fault */
    for (unsigned i = 0; i < SLOT_LIMIT; i++) {
        thread->slots[i] = (struct slot){SLOT_ENDPOINT, guest_random(), {&endpoints[1]}};
    }
    thread->slots[SLOT_FAULTS] = fault->slot = any_slot(number);
    fault->address = guest_random();
    fault->access = accesses[guest_random_below(3)];
    fault->send_error = guest_random_below(3) == 0 ? ERROR_PEER_ENDED : ERROR_NONE;
    fault->before = thread->context;
}

void guest_test_fault_message(void);
void guest_test_fault_message(void)
{
    guest_between.endpoint_send = send;
    for (unsigned i = 0; i < FAULTS; i++) {
        prepare(i);
        fault->begun = true;
        fault->result = fault_send(&guest_fault_thread, fault->address, (unsigned)fault->access);
        fault->is_faulting = guest_fault_thread.is_faulting;
        fault->after = guest_fault_thread.context;
        fault->finished = true;
    }
    guest_checkpoint("done");
}
