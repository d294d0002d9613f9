/**
 * @file
 * The tour, 6: a fault handler in user space. The kernel does not know what to do about a fault: it
 * sends a message to whom the thread's slot 2 names, and the answer lets the thread go on. Here
 * that is this program's first thread, and it mends all that its second one does wrong: a page that
 * is missing, a division by zero, an instruction that is not for programs.
 */
#include "bin/tour.h"

#include "abi/exception.h"
#include "program.h"

#define SPACE ((slot){SLOT_OWN_SPACE})
#define FAULTS ((slot){4})
#define FRAME ((slot){5})

#define PAGE 0x20000000ul
#define BADGE 6u
#define DIVIDE_ERROR 0u
#define GENERAL_PROTECTION 13u

static const struct tour_thread thread = {{6}, {7}, {8}};
static struct tour_stack stack;

/** The second thread: does three wrong things, and never learns of it. */
static void misbehave(uint64_t number)
{
    volatile uint64_t *words = (volatile uint64_t *)PAGE;
    uint64_t divisor = 0, low = number, high = 0;

    words[0] = number;
    __asm__ volatile("div %2" : "+a"(low), "+d"(high), "+c"(divisor));
    words[1] = low + divisor;
    for (;;) {
        __asm__ volatile("hlt" : "+a"(low));
        words[2] = low;
    }
}

/** Answers the last fault: the thread goes on. Then waits for the next one. */
static void next_fault(struct message *fault)
{
    *fault = (struct message){.info = info_make(0, 0)};
    tour_do("the next fault", ipc_reply_recv(FAULTS, fault, TOUR_PATIENCE));
    tour_expect("its badge", BADGE, fault->badge);
}

static void mend_page(const struct message *fault)
{
    print("[tour] A page fault: at 0x%lx it wants to write to 0x%lx. I map a page there.\n",
          fault->words[2], fault->words[0]);
    tour_expect("address", PAGE, fault->words[0]);
    tour_expect("access", MEMORY_WRITE, fault->words[1]);
    tour_make(OBJECT_FRAME, 1, FRAME);
    tour_do("mapping", frame_map(FRAME, SPACE, PAGE, MEMORY_READ | MEMORY_WRITE));
}

static void mend_division(const struct message *fault)
{
    struct call_result divisor = thread_read(thread.thread, THREAD_FACT_RCX);

    print("[tour] Exception %lu at 0x%lx: it divides by %lu. I put 1 into that register.\n",
          fault->words[1] & ~(uint64_t)FAULT_EXCEPTION, fault->words[2], divisor.value);
    tour_expect("exception", FAULT_EXCEPTION | DIVIDE_ERROR, fault->words[1]);
    tour_do("reading", (enum error)divisor.error);
    tour_expect("divisor", 0, divisor.value);
    tour_do("writing", thread_write(thread.thread, THREAD_FACT_RCX, 1));
}

/** Does for it what the instruction does not: lets it double RAX. Then goes on behind it. */
static void mend_instruction(const struct message *fault)
{
    uint64_t number = thread_read(thread.thread, THREAD_FACT_RAX).value;

    print("[tour] Exception %lu at 0x%lx: hlt. I double RAX, %lu, and move RIP on by one.\n",
          fault->words[1] & ~(uint64_t)FAULT_EXCEPTION, fault->words[2], number);
    tour_expect("exception", FAULT_EXCEPTION | GENERAL_PROTECTION, fault->words[1]);
    tour_expect("RIP", fault->words[2], thread_read(thread.thread, THREAD_FACT_RIP).value);
    tour_do("writing", thread_write(thread.thread, THREAD_FACT_RAX, 2 * number));
    tour_do("writing", thread_write(thread.thread, THREAD_FACT_RIP, fault->words[2] + 1));
}

/** Handles faults. @param argument any number below 2^62 @return twice that, by way of RAX */
int64_t main(uint64_t argument)
{
    const volatile uint64_t *words = (const volatile uint64_t *)PAGE;
    struct message fault;
    uint64_t doubled = 0;

    print("[tour] 6. A fault handler: I make a second thread, and answer for its faults.\n");
    tour_make(OBJECT_ENDPOINT, 0, FAULTS);
    tour_thread_make(&thread, SPACE, FAULTS, BADGE);
    tour_thread_run(&thread, misbehave, &stack, argument);
    tour_do("the first fault", ipc_recv(FAULTS, &fault, TOUR_PATIENCE));
    mend_page(&fault);
    next_fault(&fault);
    mend_division(&fault);
    next_fault(&fault);
    mend_instruction(&fault);
    next_fault(&fault); /* the thread has come to the next hlt; this fault gets no answer */
    if (tour_wrong == 0) {
        tour_expect("what it has written first", argument, words[0]);
        tour_expect("number divided by 1, and 1", argument + 1, words[1]);
        doubled = words[2];
    }
    print("[tour] It has gone on each time, and has written %lu. Now I leave it waiting, and\n"
          "[tour] take my memory back: thread and page are gone.\n",
          doubled);
    tour_do("revoke", slot_revoke((slot){SLOT_OWN_MEMORY}));
    tour_expect("the thread's slot", 0, slot_kind(thread.thread));
    return tour_end(doubled);
}
