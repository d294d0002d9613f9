/**
 * @file
 * Tests of how a thread's registers are first made, and of how they are loaded. The contexts are
 * the test's own; the grader reads from outside what became of them.
 *
 * Both want threads=0.
 */
#include "arch/context.h"

#include "arch/switch.h"
#include "between.h"
#include "catch.h"
#include "guest.h"

#define ROUNDS 32u
#define STACK_WORDS 64u
#define CONTEXT_WORDS (sizeof(struct context) / sizeof(uint64_t))
#define CAPTURE_ENTRIES 64u /* capture.asm */
#define CAPTURE_ENTRY_SIZE 32u

#define KERNEL_CODE 0x08u
#define KERNEL_DATA 0x10u

#define FLAGS_FIXED (1u << 1) /* Intel SDM Vol. 1 figure 3-8 */
#define FLAG_IF (1u << 9)
/* CF, PF, AF, ZF, SF, DF, OF, IOPL, AC and ID: all that harm nobody. */
#define FLAGS_RANDOM 0x00243CD5u

/** A context between words that nobody is to touch. */
struct guest_context_room {
    uint64_t before[2];
    struct context context;
    uint64_t behind[2];
};

/** A call of context_init. */
struct guest_init_round {
    uint64_t function, first, second;
    uint64_t stack_end;
    struct guest_context_room garbage, after;
    uint64_t stack_garbage[STACK_WORDS], stack_after[STACK_WORDS];
    uint64_t stack_start; /**< address of word 0 */
    bool begun, finished;
};

/** A call of context_restore. */
struct guest_restore_round {
    struct guest_context_room before, after;
    struct context got; /**< the registers that it led to; vector and error are 0 */
    uint64_t stack_before[STACK_WORDS], stack_after[STACK_WORDS];
    uint64_t stack_start;
    bool begun, arrived;
    bool faulted; /**< it led to an exception, the one in `caught` */
    struct guest_caught caught;
};

/* Read by the grader. */
struct guest_init_round guest_init_rounds[ROUNDS];
struct guest_restore_round guest_restore_rounds[ROUNDS];

/* capture.asm: writes down all registers, then escapes. */
extern const char guest_capture_entries[];
extern struct context guest_captured;

static struct guest_context_room room;
static uint64_t stack[STACK_WORDS] __attribute__((aligned(16)));

static void fill(void *place, size_t size)
{
    uint64_t *words = place;

    for (size_t i = 0; i < size / sizeof(*words); i++) {
        words[i] = guest_random();
    }
}

static void copy_stack(uint64_t *to)
{
    for (size_t i = 0; i < STACK_WORDS; i++) {
        to[i] = stack[i];
    }
}

/* --- context_init --- */

static void init_round(struct guest_init_round *round)
{
    fill(&room, sizeof(room));
    fill(stack, sizeof(stack));
    round->garbage = room;
    copy_stack(round->stack_garbage);
    round->function = guest_random();
    round->first = guest_random();
    round->second = guest_random();
    round->stack_start = (uintptr_t)stack;
    /* Not always the end of the array: words above are not the stack's. */
    round->stack_end = (uintptr_t)&stack[STACK_WORDS - 2 * guest_random_below(16)];
    round->begun = true;
    context_init(&room.context, round->function, round->stack_end, round->first, round->second);
    round->after = room;
    copy_stack(round->stack_after);
    round->finished = true;
}

void guest_test_context_init(void);
void guest_test_context_init(void)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        init_round(&guest_init_rounds[i]);
    }
    guest_checkpoint("done");
}

/* --- context_restore --- */

static void restore(void *context)
{
    context_restore(context);
}

/** Sets round->arrived if the context leads to where it should. */
static void restore_and_arrive(void *argument)
{
    struct guest_restore_round *round = argument;

    round->arrived = guest_escaped(restore, &room.context);
}

static void make_context(struct context *context)
{
    uint64_t entry = guest_random_below(CAPTURE_ENTRIES);

    fill(&room, sizeof(room));
    context->rip = (uintptr_t)guest_capture_entries + entry * CAPTURE_ENTRY_SIZE;
    context->rsp = (uintptr_t)&stack[STACK_WORDS / 2 + guest_random_below(STACK_WORDS / 2)];
    context->cs = KERNEL_CODE;
    context->ss = KERNEL_DATA;
    context->rflags =
        (guest_random() & FLAGS_RANDOM) | FLAGS_FIXED | (guest_random_below(2) == 0 ? FLAG_IF : 0);
}

static void restore_round(struct guest_restore_round *round)
{
    make_context(&room.context);
    fill(stack, sizeof(stack));
    copy_stack(round->stack_before);
    round->before = room;
    round->stack_start = (uintptr_t)stack;
    round->begun = true;
    round->faulted = !guest_try(restore_and_arrive, round, &round->caught);
    round->got = guest_captured;
    round->after = room;
    copy_stack(round->stack_after);
}

void guest_test_context_restore(void);
void guest_test_context_restore(void)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        restore_round(&guest_restore_rounds[i]);
    }
    guest_checkpoint("done");
}
