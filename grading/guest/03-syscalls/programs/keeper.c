/**
 * @file
 * Makes system calls of all kinds, such that return at once and such that let others run, with
 * registers full of random numbers, and looks at every register afterwards.
 */
#include "guest_program.h"

#include "calls.h"

#define FLAGS_ARITHMETIC 0x8D5u
#define FLAGS_ODD 0x40400u /* AC, DF */
#define FLAGS_FIXED 0x202u /* the bit that is always 1, and IF */

/** General registers, the flags and the stack pointer. */
struct guest_registers {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t rflags, rsp_before, rsp;
};

extern struct guest_registers guest_given, guest_found;
void guest_call_kept(void);

struct guest_registers guest_given, guest_found;

#define RAX_TO_RSI(DO) DO(rax, 0) DO(rbx, 8) DO(rcx, 16) DO(rdx, 24) DO(rsi, 32)
#define RDI_TO_R10(DO) DO(rdi, 40) DO(rbp, 48) DO(r8, 56) DO(r9, 64) DO(r10, 72)
#define R11_TO_R15(DO) DO(r11, 80) DO(r12, 88) DO(r13, 96) DO(r14, 104) DO(r15, 112)
#define EACH_REGISTER(DO) RAX_TO_RSI(DO) RDI_TO_R10(DO) R11_TO_R15(DO)
#define LOAD(name, offset) "movq guest_given+" #offset "(%rip), %" #name "\n\t"
#define STORE(name, offset) "movq %" #name ", guest_found+" #offset "(%rip)\n\t"
#define LOAD_ALL EACH_REGISTER(LOAD)
#define STORE_ALL EACH_REGISTER(STORE)

_Static_assert(offsetof(struct guest_registers, rflags) == 120, "the assembly below knows");

/* guest_call_kept: SYSCALL with the registers of guest_given; those behind it to guest_found. */
__asm__(".globl guest_call_kept\n"
        "guest_call_kept:\n\t"
        "pushq %rbx\n\tpushq %rbp\n\tpushq %r12\n\tpushq %r13\n\tpushq %r14\n\tpushq %r15\n\t"
        "movq %rsp, guest_found+128(%rip)\n\t"
        "pushq guest_given+120(%rip)\n\t"
        "popfq\n\t" LOAD_ALL "syscall\n\t" STORE_ALL "movq %rsp, guest_found+136(%rip)\n\t"
        "movq guest_found+128(%rip), %rsp\n\t"
        "pushfq\n\t"
        "popq guest_found+120(%rip)\n\t"
        "pushq $2\n\t"
        "popfq\n\t"
        "popq %r15\n\tpopq %r14\n\tpopq %r13\n\tpopq %r12\n\tpopq %rbp\n\tpopq %rbx\n\t"
        "ret\n");

static void choose_registers(void)
{
    static const uint64_t numbers[] = {CALL_TASK_YIELD, CALL_TASK_SLEEP, CALL_TASK_SELF,
                                       CALL_CONSOLE_WRITE, 1000000};
    uint64_t *words = (uint64_t *)&guest_given;

    for (unsigned i = 0; i < sizeof(guest_given) / sizeof(*words); i++) {
        words[i] = guest_random();
    }
    guest_given.rax = numbers[guest_random_below(sizeof(numbers) / sizeof(numbers[0]))];
    if (guest_given.rax == CALL_TASK_SLEEP) {
        guest_given.rdi = guest_random_below(3);
    }
    guest_given.rflags = FLAGS_FIXED | (guest_given.rflags & (FLAGS_ARITHMETIC | FLAGS_ODD));
}

/** @return how many registers are not as they have to be behind a system call */
static uint64_t wrong_registers(void)
{
    const struct guest_registers *in = &guest_given, *out = &guest_found;

    return (uint64_t)(in->rbx != out->rbx) + (in->rbp != out->rbp) + (in->r12 != out->r12) +
           (in->r13 != out->r13) + (in->r14 != out->r14) + (in->r15 != out->r15) + (out->rdi != 0) +
           (out->rsi != 0) + (out->r8 != 0) + (out->r9 != 0) + (out->r10 != 0) +
           (in->rflags != out->rflags) + (out->rsp != out->rsp_before);
}

int64_t guest_main(uint64_t argument)
{
    uint64_t wrong = 0;

    for (uint64_t i = 0; i < argument; i++) {
        uint64_t count;

        choose_registers();
        guest_call_kept();
        count = wrong_registers();
        if (count != 0 && wrong == 0) {
            guest_report("wrong-after-call", guest_given.rax);
            guest_report_bytes("given", &guest_given, sizeof(guest_given));
            guest_report_bytes("found", &guest_found, sizeof(guest_found));
            guest_checkpoint("wrong");
        }
        wrong += count;
    }
    return (int64_t)(guest_random() + wrong);
}
