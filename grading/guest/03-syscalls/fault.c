/**
 * @file
 * A test of fault_end_task(): what it prints, and what it does in which order.
 */
#include "task/program.h"

#include "arch/trap.h"
#include "arch/x86_64/gdt.h"
#include "between.h"
#include "crossing.h"
#include "debug/printk.h"
#include "guest.h"
#include "room.h"
#include "task/sched.h"

#define ROUNDS 24u
#define PAGE_FAULT 14u
#define LINE_SIZE 256u

/** An exception, and what became of it. */
struct guest_fault_round {
    struct context saved;
    char name[THREAD_NAME_SIZE];
    char words[EXCEPTION_TEXT_SIZE]; /**< the exception's, by exception_describe() */
    char line[LINE_SIZE];            /**< what was printed */
    uint64_t line_length;
    uint64_t ended, status; /**< what program_end() was called with */
    uint64_t ends;          /**< how often it was */
    uint64_t length_at_end; /**< how much had been printed then */
    uint64_t leaves;        /**< how often sched_leave() was called */
    uint64_t thread;        /**< the current thread's address */
    bool begun, finished, faulted;
    struct guest_caught caught;
};

/* Read by the grader. */
struct guest_fault_round guest_fault_rounds[ROUNDS];

static struct guest_fault_round *current;
static uint64_t printed_before;

static uint64_t printed(void)
{
    return *(volatile size_t *)&log_ring.written - printed_before;
}

/** In the place of program_end(). */
static void end(struct thread *thread, int64_t status)
{
    current->ended = (uintptr_t)thread;
    current->status = (uint64_t)status;
    current->ends++;
    current->length_at_end = printed();
}

static void make_name(char name[THREAD_NAME_SIZE])
{
    unsigned length = 1 + (unsigned)guest_random_below(THREAD_NAME_SIZE - 1);

    for (unsigned i = 0; i < length; i++) {
        name[i] = (char)('a' + guest_random_below(26));
    }
    name[length] = '\0';
}

static void fault(const void *saved)
{
    fault_end_task(saved);
}

static void cross(void *unused)
{
    (void)unused;
    guest_cross_call(fault, &guest_current_room.thread.context);
}

/** Registers as a program has them when it makes an exception. */
static void make_context(struct context *saved)
{
    static const uint8_t vectors[] = {0, 1, 3, 4, 5, 6, 11, 12, 13, PAGE_FAULT, 16, 17, 19};

    guest_fill(saved, sizeof(*saved));
    saved->vector = vectors[guest_random_below(sizeof(vectors))];
    saved->error = guest_random_below(2) == 0 ? 0 : guest_random_below(0x10000);
    saved->rip = guest_random() >> (17 + guest_random_below(24));
    saved->cs = USER_CODE_SELECTOR | 3;
    saved->ss = USER_DATA_SELECTOR | 3;
    __asm__ volatile("movq %0, %%cr2" : : "r"(guest_random()));
}

static void note_line(struct guest_fault_round *round)
{
    round->line_length = printed();
    for (unsigned i = 0; i < LINE_SIZE - 1 && i < round->line_length; i++) {
        round->line[i] = log_ring.text[(printed_before + i) % LOG_SIZE];
    }
}

static void run(struct guest_fault_round *round)
{
    struct thread *thread = &guest_current_room.thread;

    make_context(&round->saved);
    make_name(round->name);
    guest_fill(&guest_current_room, sizeof(guest_current_room));
    thread->context = round->saved;
    thread->state = THREAD_RUNNING;
    thread->queue = NULL;
    for (unsigned i = 0; i < THREAD_NAME_SIZE; i++) {
        thread->name[i] = round->name[i];
    }
    exception_describe(&round->saved, round->words, sizeof(round->words));
    guest_forget_places();
    printed_before = log_ring.written;
    round->thread = (uintptr_t)thread;
    round->begun = true;
    round->faulted = !guest_try(cross, NULL, &round->caught);
    round->leaves = guest_at_leave.vector;
    note_line(round);
    round->finished = true;
}

void guest_test_fault_line(void);
void guest_test_fault_line(void)
{
    struct thread *before = sched.current;

    guest_between.program_end = end;
    sched.current = &guest_current_room.thread;
    for (unsigned i = 0; i < ROUNDS; i++) {
        current = &guest_fault_rounds[i];
        run(current);
    }
    sched.current = before;
    guest_checkpoint("done");
}
