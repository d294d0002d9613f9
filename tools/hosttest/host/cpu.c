/**
 * @file
 * Privileged instructions, carried out for the kernel: MOV from and to CR2, CR3, CR4 (Intel SDM
 * Vol. 2B) and INVLPG (Vol. 2A).
 */
#include "host/cpu.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "arch/page_table.h"
#include "harness.h"

#define TWO_BYTES 0x0F /* first byte of an instruction whose number has two */
#define MOV_FROM_CR 0x20
#define MOV_TO_CR 0x22
#define INVLPG 0x01 /* with 7 in the field reg */
#define REX_B 1u    /* the field rm means R8 to R15 */
#define PAGE_MASK (~(uint64_t)0xFFF)

struct host_cpu host_cpu;

/** An instruction with a ModRM byte, in pieces (Intel SDM Vol. 2A 2.1). */
struct instruction {
    unsigned number, mode, reg, rm;
    size_t length;
};

static const int register_places[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                        REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                        REG_R12, REG_R13, REG_R14, REG_R15};

/** Takes an instruction apart. @return whether it may be one of those that are known here */
static bool decode(const uint8_t *bytes, struct instruction *found)
{
    const uint8_t *at = bytes;
    unsigned rex = (*at & 0xF0) == 0x40 ? *at++ : 0;

    if (*at++ != TWO_BYTES) {
        return false;
    }
    found->number = *at++;
    found->mode = *at >> 6;
    found->reg = *at >> 3 & 7;
    found->rm = *at++ & 7;
    if (found->number == INVLPG) {
        at += found->rm == 4;                     /* a SIB byte: RSP or R12 */
        at += found->mode == 1 && found->rm == 5; /* a displacement of 0: RBP or R13 */
    }
    found->rm |= rex & REX_B ? 8 : 0;
    found->length = (size_t)(at - bytes);
    return true;
}

static uint64_t *control_register(unsigned number)
{
    switch (number) {
    case 2:
        return &host_cpu.cr2;
    case 3:
        return &host_cpu.cr3;
    default:
        return number == 4 ? &host_cpu.cr4 : NULL;
    }
}

static void forget_page(uint64_t address)
{
    for (size_t i = 0; i < HOST_TLB_SIZE; i++) {
        if (host_cpu.tlb[i].address == (address & PAGE_MASK)) {
            host_cpu.tlb[i].address = 0;
        }
    }
}

/** Carries an instruction out. @return whether it is known */
static bool carry_out(const struct instruction *instruction, uint64_t *operand)
{
    uint64_t *control = control_register(instruction->reg);

    if (instruction->number == INVLPG && instruction->reg == 7) {
        forget_page(*operand);
    } else if (instruction->number == MOV_FROM_CR && control != NULL) {
        *operand = *control;
    } else if (instruction->number == MOV_TO_CR && control != NULL) {
        *control = *operand;
        if (control == &host_cpu.cr3) {
            memset(host_cpu.tlb, 0, sizeof(host_cpu.tlb));
        }
    } else {
        return false;
    }
    return true;
}

/** The program's own mistakes kill it as ever: the sanitizer reports them. */
static struct sigaction sanitizers;

static void on_fault(int number, siginfo_t *about, void *machine)
{
    greg_t *registers = ((ucontext_t *)machine)->uc_mcontext.gregs;
    struct instruction instruction;

    /* A general protection fault has no address: the code can be read, or it had not run. */
    if (about->si_code == SI_KERNEL && decode((const uint8_t *)registers[REG_RIP], &instruction) &&
        carry_out(&instruction, (uint64_t *)&registers[register_places[instruction.rm]])) {
        registers[REG_RIP] += (greg_t)instruction.length;
        return;
    }
    if ((sanitizers.sa_flags & SA_SIGINFO) != 0) {
        sanitizers.sa_sigaction(number, about, machine);
    }
    signal(number, SIG_DFL);
}

/** From here on the kernel has a CPU. */
void host_cpu_start(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER};

    sigaction(SIGSEGV, &action, &sanitizers);
}

/** A program touches a page: if it is mapped, the CPU remembers the translation. */
void host_cpu_touch(uint64_t address)
{
    struct host_translation *place = &host_cpu.tlb[random_below(HOST_TLB_SIZE)];
    unsigned rights;
    uint64_t frame;

    if (address >= MEMORY_END) {
        return;
    }
    frame = page_find(host_cpu.cr3, address & PAGE_MASK, &rights);
    if (frame != 0) {
        *place = (struct host_translation){address & PAGE_MASK, frame, rights};
    }
}

/** Fails when the CPU remembers what the page tables do not say any more. */
void host_cpu_check(void)
{
    for (size_t i = 0; i < HOST_TLB_SIZE; i++) {
        const struct host_translation *known = &host_cpu.tlb[i];
        unsigned rights = 0;

        if (known->address != 0) {
            expect_equal(page_find(host_cpu.cr3, known->address, &rights), known->frame,
                         "the frame that the TLB may still have for %#lx", known->address);
            expect_equal(rights, known->rights, "the rights that it may have for %#lx",
                         known->address);
        }
    }
}
