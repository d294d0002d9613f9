/**
 * @file
 * Exercise "trap-entry": interruptions of code whose registers the grader has chosen.
 *
 * The interrupt descriptor table is the grader's, so that the kernel's gates (an exercise of their
 * own) need not be right. Behind it stands the kernel's trap_entry.
 */
#include "traps.h"

#include "arch/machine.h"
#include "arch/trap.h"
#include "arch/x86_64/idt.h"
#include "arch/x86_64/layout.h"
#include "catch.h"
#include "guest.h"

#define VECTORS 256u
#define EXCEPTIONS 32u
#define VECTOR_INVALID_OPCODE 6u
#define VECTOR_DOUBLE_FAULT 8u
#define VECTOR_NOT_PRESENT 11u
#define VECTOR_GENERAL_PROTECTION 13u
#define VECTOR_PAGE_FAULT 14u

#define RFLAGS_RESERVED 0x2u
#define RFLAGS_ARITHMETIC 0x8D5u /* OF SF ZF AF PF CF */
#define RFLAGS_DF 0x400u
#define ERROR_IN_IDT 2u /* of an error code that names a gate: Intel SDM Vol. 3A 6.13 */
#define SELECTOR_RIGHTS 3u

#define ROUNDS 6u

/* --- trap-registers --- */

struct context guest_interrupted; /* what the CPU's registers are at the interruption */
uint64_t guest_rounds;            /* so many have begun */
const uint64_t guest_round_count = ROUNDS;

void guest_test_trap_registers(void);
void guest_test_trap_exceptions(void);

static void randomise(struct context *context)
{
    uint64_t *words = (uint64_t *)context;

    for (unsigned i = 0; i < sizeof(*context) / sizeof(*words); i++) {
        words[i] = guest_random() | 1; /* never 0, which a register may be by chance */
    }
    context->cs = KERNEL_CODE_SELECTOR;
    context->ss = KERNEL_DATA_SELECTOR;
    context->rflags = RFLAGS_RESERVED | RFLAGS_DF | (guest_random() & RFLAGS_ARITHMETIC);
    context->error = 0;
}

/** A selector far behind the end of the GDT: loading it is a general protection exception. */
static uint64_t absent_selector(void)
{
    return (0x1000 + 8 * guest_random_below(0x1C00)) | guest_random_below(4);
}

/** The instruction that raises the interruption; `rip` becomes what the CPU then saves. */
static uintptr_t choose(struct context *context, unsigned round)
{
    unsigned vectors[ROUNDS] = {VECTOR_INVALID_OPCODE,
                                VECTOR_GENERAL_PROTECTION,
                                EXCEPTIONS - 1,
                                EXCEPTIONS,
                                33 + (unsigned)guest_random_below(VECTORS - 33),
                                0};
    uintptr_t place;

    vectors[ROUNDS - 1] = (unsigned)guest_random_below(VECTOR_DOUBLE_FAULT);
    context->vector = vectors[round];
    if (round == 0) {
        context->rip = guest_invalid.place;
        return context->rip;
    }
    if (round == 1) {
        context->rdi = guest_random() << 16 | absent_selector();
        context->error = context->rdi & 0xFFFF & ~(uint64_t)SELECTOR_RIGHTS;
        context->rip = guest_segment.place;
        return context->rip;
    }
    place = (uintptr_t)guest_ints + GUEST_INT_SIZE * context->vector;
    context->rip = place + GUEST_INT_LENGTH;
    return place;
}

/** Raises the next interruption; the kernel hands it back to this function. */
static void next_round(struct context *saved)
{
    struct context start;
    uintptr_t place;

    (void)saved;
    if (guest_rounds == ROUNDS) {
        guest_end();
    }
    randomise(&guest_interrupted);
    place = choose(&guest_interrupted, (unsigned)guest_rounds++);
    start = guest_interrupted;
    start.rip = place;
    guest_enter(&start);
}

/** Interruptions by exceptions, with and without an error code, and by higher vectors. */
void guest_test_trap_registers(void)
{
    guest_interrupts_off();
    for (unsigned vector = 0; vector < VECTORS; vector++) {
        guest_idt_set(vector, (uintptr_t)guest_entries + GUEST_ENTRY_SIZE * vector, IST_CONTEXT);
        trap_set_handler(vector, next_round);
    }
    guest_idt_set(VECTOR_GENERAL_PROTECTION, (uintptr_t)guest_gp_entry, IST_CONTEXT);
    guest_idt_load();
    guest_checkpoint("ready");
    next_round(NULL);
}

/* --- trap-exceptions --- */

enum guest_cause {
    DIVISION_BY_ZERO,
    BREAKPOINT,
    INVALID_OPCODE,
    GATE_NOT_PRESENT,
    ABSENT_SEGMENT,
    READ_UNMAPPED,
    WRITE_UNMAPPED,
    RUN_UNMAPPED,
    WRITE_TEXT,
    RUN_DATA,
    CAUSES,
};

/** One exception: what it should be, and what the kernel was handed. */
struct guest_exception {
    enum guest_cause cause;
    uint64_t vector, error, rip, address; /* the address for page faults only */
    uint64_t taken;                       /* how often the kernel was handed it */
    struct context saved;
    uintptr_t saved_at, found_address;
    char text[EXCEPTION_TEXT_SIZE];
};

struct guest_exception guest_exceptions[CAUSES];

static struct guest_exception *raised;
static uintptr_t after; /* where to go on */
static uint64_t data_word;

extern const uintptr_t vector_entries[EXCEPTIONS]; /* entry.asm */

static void take(struct context *saved)
{
    struct context on = *saved;

    raised->taken++;
    raised->saved = *saved;
    raised->saved_at = (uintptr_t)saved;
    raised->found_address = cpu_fault_address();
    exception_describe(saved, raised->text, sizeof(raised->text));
    on.rip = after;
    guest_resume(&on);
}

/** Raises an exception at a known place, where `argument` is RDI. */
static void raise(struct guest_exception *exception, const struct guest_raiser *raiser,
                  uint64_t argument)
{
    raised = exception;
    after = raiser->after;
    exception->rip = exception->rip == 0 ? raiser->place : exception->rip;
    raiser->raise(argument);
}

static void raise_page_fault(struct guest_exception *exception, const struct guest_raiser *raiser,
                             uint64_t address, uint64_t error)
{
    exception->vector = VECTOR_PAGE_FAULT;
    exception->error = error;
    exception->address = address;
    raise(exception, raiser, address);
}

static uint64_t unmapped_address(void)
{
    return 0x1000 + guest_random_below((uint64_t)1 << 46);
}

static void raise_cause(struct guest_exception *exception)
{
    uint64_t address = unmapped_address();

    switch (exception->cause) {
    case DIVISION_BY_ZERO:
        exception->vector = 0;
        return raise(exception, &guest_divide, 0);
    case BREAKPOINT:
        exception->vector = 3;
        exception->rip = guest_breakpoint.after;
        return raise(exception, &guest_breakpoint, 0);
    case INVALID_OPCODE:
        exception->vector = VECTOR_INVALID_OPCODE;
        return raise(exception, &guest_invalid, 0);
    case GATE_NOT_PRESENT:
        exception->vector = VECTOR_NOT_PRESENT;
        exception->error = ERROR_IN_IDT; /* and gate 0: QEMU 7.2 gets all others wrong */
        exception->rip = (uintptr_t)guest_ints;
        guest_idt_clear(0);
        raise(exception, &guest_jump, exception->rip);
        guest_idt_set(0, vector_entries[0], IST_CONTEXT);
        return;
    case ABSENT_SEGMENT:
        exception->vector = VECTOR_GENERAL_PROTECTION;
        address = absent_selector();
        exception->error = address & ~(uint64_t)SELECTOR_RIGHTS;
        return raise(exception, &guest_segment, address);
    case READ_UNMAPPED:
        return raise_page_fault(exception, &guest_read, address, 0);
    case WRITE_UNMAPPED:
        return raise_page_fault(exception, &guest_write, address, 2);
    case RUN_UNMAPPED:
        exception->rip = address;
        return raise_page_fault(exception, &guest_jump, address, 0x10);
    case WRITE_TEXT:
        address = (uintptr_t)text_end - 8 * (1 + guest_random_below(512));
        return raise_page_fault(exception, &guest_write, address, 3);
    default:
        exception->rip = (uintptr_t)&data_word;
        return raise_page_fault(exception, &guest_jump, (uintptr_t)&data_word, 0x11);
    }
}

static void shuffle_causes(void)
{
    for (unsigned i = 0; i < CAUSES; i++) {
        guest_exceptions[i].cause = (enum guest_cause)i;
    }
    for (unsigned i = CAUSES - 1; i > 0; i--) {
        unsigned other = (unsigned)guest_random_below(i + 1);
        enum guest_cause cause = guest_exceptions[i].cause;

        guest_exceptions[i].cause = guest_exceptions[other].cause;
        guest_exceptions[other].cause = cause;
    }
}

/** Exceptions raised for real; then one that cannot be delivered, which is a double fault. */
void guest_test_trap_exceptions(void)
{
    guest_interrupts_off();
    for (unsigned vector = 0; vector < EXCEPTIONS; vector++) {
        guest_idt_set(vector, vector_entries[vector],
                      vector == VECTOR_DOUBLE_FAULT ? IST_DOUBLE_FAULT : IST_CONTEXT);
        trap_set_handler(vector, take);
    }
    guest_idt_load();
    shuffle_causes();
    for (unsigned i = 0; i < CAUSES; i++) {
        raise_cause(&guest_exceptions[i]);
    }
    guest_checkpoint("taken");
    trap_set_handler(VECTOR_DOUBLE_FAULT, NULL);
    guest_idt_clear(VECTOR_PAGE_FAULT);
    *(volatile uint64_t *)unmapped_address() = 1;
}
