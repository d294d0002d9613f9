/**
 * @file
 * FPU and SSE registers: they belong to the thread that used them last, until another one wants
 * them.
 *
 * A thread runs with CR0.TS set unless the registers are its own. Its first FPU instruction then is
 * an exception, and only then the registers change hands (Intel SDM Vol. 3A 13.4). So
 * programs that never use them, and switches between such programs, cost nothing.
 */
#include "arch/cpu_state.h"

#include "lib/string.h"

#define CR0_TS ((uint64_t)1 << 3)
#define CR4_OSFXSR ((uint64_t)1 << 9)      /* FXSAVE and SSE (Intel SDM Vol. 3A 13.1.4) */
#define CR4_OSXMMEXCPT ((uint64_t)1 << 10) /* SSE exceptions have a vector of their own */
#define FPU_REGISTERS 32      /* where the registers begin in what FXSAVE writes (table 10-2) */
#define MXCSR_DEFAULT 0x1F80u /* all exceptions masked (Intel SDM Vol. 1 10.2.3) */

/* Whose registers the FPU holds; NULL: nobody's. */
static struct cpu_state *owner = NULL;

/* What a new thread begins with. */
static struct cpu_state clean;

static uint64_t cr0_read(void)
{
    uint64_t cr0;

    __asm__ volatile("movq %%cr0, %0" : "=r"(cr0));
    return cr0;
}

static void cr0_write(uint64_t cr0)
{
    __asm__ volatile("movq %0, %%cr0" : : "r"(cr0) : "memory");
}

static void save(struct cpu_state *state)
{
    __asm__ volatile("fxsave64 %0" : "=m"(state->fpu));
}

/**
 * An init step: lets programs use FPU and SSE.
 */
void fpu_init(void)
{
    uint64_t cr4;
    uint32_t mxcsr = MXCSR_DEFAULT;

    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | CR4_OSFXSR | CR4_OSXMMEXCPT));
    __asm__ volatile("fninit; ldmxcsr %0" : : "m"(mxcsr));
    save(&clean);
    memset(clean.fpu + FPU_REGISTERS, 0, sizeof(clean.fpu) - FPU_REGISTERS); /* the firmware's */
    clean.cr0 = cr0_read() | CR0_TS;
    cr0_write(clean.cr0);
}

/** Fills a new thread's state. */
void fpu_prepare(struct cpu_state *state)
{
    memcpy(state, &clean, sizeof(*state));
}

/**
 * Gives the FPU to the current thread, which has asked for it by using it.
 *
 * @param state  the current thread's
 */
void fpu_take(struct cpu_state *state)
{
    state->cr0 &= ~CR0_TS;
    cr0_write(state->cr0);
    if (owner != NULL) {
        save(owner);
        owner->cr0 |= CR0_TS;
    }
    __asm__ volatile("fxrstor64 %0" : : "m"(state->fpu));
    owner = state;
}

/** Takes the FPU from a thread that ends. */
void fpu_forget(const struct cpu_state *state)
{
    if (owner == state) {
        owner = NULL;
    }
}

/**
 * Makes a thread's state the CPU's.
 */
void cpu_switch(const struct cpu_state *state)
{
    if (cr0_read() != state->cr0) {
        cr0_write(state->cr0);
    }
}
