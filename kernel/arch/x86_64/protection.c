/**
 * @file
 * What the CPU can do to keep the kernel from being led astray by user programs, where it has it
 * (Intel SDM Vol. 3A 2.5, 4.6).
 */
#include "arch/user.h"

#include <cpuid.h>

#define CPUID_FEATURES 7u            /* Intel SDM Vol. 2A, CPUID leaf 7, sub-leaf 0 */
#define CPUID_SMEP (1u << 7)         /* in EBX */
#define CPUID_SMAP (1u << 20)        /* in EBX */
#define CPUID_UMIP (1u << 2)         /* in ECX */
#define CR4_UMIP ((uint64_t)1 << 11) /* no SGDT, SIDT, SLDT, SMSW and STR in user mode */
#define CR4_SMEP ((uint64_t)1 << 20) /* the kernel executes no user page */
#define CR4_SMAP ((uint64_t)1 << 21) /* the kernel touches no user page while RFLAGS.AC is 0 */

static bool has_smap = false;

/**
 * An init step: turns on SMEP, SMAP and UMIP where the CPU has them.
 */
void protection_init(void)
{
    uint32_t eax, ebx = 0, ecx = 0, edx; /* they stay 0 if the CPU does not know the leaf */
    uint64_t cr4;

    __get_cpuid_count(CPUID_FEATURES, 0, &eax, &ebx, &ecx, &edx);
    has_smap = (ebx & CPUID_SMAP) != 0;
    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    cr4 |= (ebx & CPUID_SMEP ? CR4_SMEP : 0) | (ebx & CPUID_SMAP ? CR4_SMAP : 0) |
           (ecx & CPUID_UMIP ? CR4_UMIP : 0);
    __asm__ volatile("movq %0, %%cr4" : : "r"(cr4) : "memory");
}

/**
 * Forgets a program's RFLAGS.AC, which an interruption leaves as it is: with it the kernel could
 * touch user memory.
 */
void protection_forget_flags(void)
{
    if (has_smap) {
        __asm__ volatile("clac" : : : "memory");
    }
}
