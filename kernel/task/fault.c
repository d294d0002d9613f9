/**
 * @file
 * Exceptions, handed up from arch/. One in the kernel means that the kernel is broken; one in a
 * program is that program's end, and nobody else's trouble.
 */
#include "task/program.h"

#include "arch/trap.h"
#include "arch/user.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "task/sched.h"

/**
 * Ends the current task because of an exception that its program has made: prints
 *
 *     [fault] NAME: at RIP, WHAT; the task ends
 *
 * with the task's name, the instruction's address in 16 hexadecimal digits and the exception in
 * words (exception_describe()); ends the task (program_end()) with the status FAULT_STATUS; leaves
 * the kernel to whoever is next: this function never returns.
 *
 * @param saved  the program's registers
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    program_end(sched.current, FAULT_STATUS);
    sched_leave();
}

/** On the kernel's stack: a program's exception. */
static noreturn void fault_of_program(struct context *saved)
{
    if (exception_wants_fpu(saved)) {
        fpu_take(&sched.current->cpu);
        sched_leave();
    }
    fault_deliver(saved);
}

/**
 * Takes over after an exception, on the fault stack, with interrupts off. A double fault, an NMI or
 * a machine check, which have contexts of their own, are nobody's mistake but the machine's.
 *
 * @param saved  the registers at the instruction at fault
 */
noreturn void fault_enter(struct context *saved)
{
    if (!context_is_user(saved) || saved != &sched.current->context) {
        panic_exception(saved);
    }
    stack_restart(fault_of_program, saved);
}
