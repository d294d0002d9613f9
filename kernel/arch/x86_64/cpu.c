/**
 * @file
 * Small services of the CPU.
 */
#include "arch/machine.h"

#include "arch/x86_64/rflags.h"

/**
 * Turns interrupts off.
 *
 * @return whether they were on; hand it to cpu_interrupts_restore()
 */
bool cpu_interrupts_disable(void)
{
    uint64_t flags;

    __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
    return (flags & RFLAGS_IF) != 0;
}

/**
 * Turns interrupts on again if they were on before.
 *
 * @param enabled  what cpu_interrupts_disable() returned
 */
void cpu_interrupts_restore(bool enabled)
{
    if (enabled) {
        __asm__ volatile("sti" : : : "memory");
    }
}

/**
 * Halts the CPU until the next interrupt; for ever, if interrupts are off.
 */
void cpu_wait(void)
{
    __asm__ volatile("hlt" : : : "memory");
}

/**
 * @return CR2: the address whose access made the last page fault
 */
uint64_t cpu_fault_address(void)
{
    uint64_t address;

    __asm__ volatile("movq %%cr2, %0" : "=r"(address));
    return address;
}
