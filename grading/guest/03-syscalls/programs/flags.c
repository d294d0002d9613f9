/**
 * @file
 * A system call with every flag set that a program can set: does the kernel run with them?
 */
#include "guest_program.h"

#include "calls.h"

#define FLAGS_NASTY 0x44500u /* TF, DF, NT, AC */
#define FLAGS_ARITHMETIC 0x8D5u
#define FLAGS_FIXED 0x202u /* the bit that is always 1, and IF, which stays as it is */

extern const char guest_flags_behind[]; /* the address behind the system call */
extern uint64_t guest_flags;

uint64_t guest_flags;

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    guest_flags = FLAGS_NASTY | FLAGS_FIXED | (guest_random() & FLAGS_ARITHMETIC);
    __asm__ volatile("pushq %1\n\t"
                     "popfq\n\t"
                     "syscall\n"
                     ".globl guest_flags_behind\n"
                     "guest_flags_behind:"
                     :
                     : "a"(CALL_TASK_SELF), "r"(guest_flags)
                     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
    return 0;
}
