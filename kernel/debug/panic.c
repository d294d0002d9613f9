/**
 * @file
 * The kernel's end when it finds itself broken, or an exception tells: say what is known, then stop
 * the machine.
 */
#include "debug/panic.h"

#include <stdarg.h>

#include "arch/machine.h"
#include "arch/trap.h"
#include "debug/backtrace.h"
#include "debug/printk.h"

/* Whether a panic has begun: one that comes from within the panic itself must not go round. */
static bool panicking = false;

/** Begins a message. @return whether it is the first panic's */
static bool begin(void)
{
    bool first = !panicking;

    cpu_interrupts_disable();
    panicking = true;
    printk(first ? "\nPANIC: " : "\nPANIC: while panicking: ");
    return first;
}

static void print_registers(const struct context *c)
{
    printk("rip %016lx  cs  %04lx  rflags %08lx\n", c->rip, c->cs, c->rflags);
    printk("rsp %016lx  ss  %04lx  vector %lu  error %lx\n", c->rsp, c->ss, c->vector, c->error);
    printk("rax %016lx  rbx %016lx  rcx %016lx\n", c->rax, c->rbx, c->rcx);
    printk("rdx %016lx  rsi %016lx  rdi %016lx\n", c->rdx, c->rsi, c->rdi);
    printk("rbp %016lx  r8  %016lx  r9  %016lx\n", c->rbp, c->r8, c->r9);
    printk("r10 %016lx  r11 %016lx  r12 %016lx\n", c->r10, c->r11, c->r12);
    printk("r13 %016lx  r14 %016lx  r15 %016lx\n", c->r13, c->r14, c->r15);
    printk("cr2 %016lx\n", cpu_fault_address());
}

/**
 * Stops the machine with a message and a backtrace. For a state that must not be.
 *
 * @param format  what was expected, what was found, where to look; no newline at the end
 */
noreturn void panic(const char *format, ...)
{
    uintptr_t caller = (uintptr_t)__builtin_return_address(0);
    bool first = begin();
    va_list values;

    va_start(values, format);
    printk_values(format, values);
    va_end(values);
    printk("\n");
    if (first) {
        backtrace_print(caller, caller - 1, *(const uintptr_t *)__builtin_frame_address(0));
    }
    machine_stop(STOP_PANIC);
}

/* Whether an exception is being put into words: one that comes from there must not go round. */
static bool describing = false;

/**
 * Stops the machine with an exception in words, the registers and the backtrace of the interrupted
 * code.
 *
 * @param saved  the registers at the instruction at fault
 */
noreturn void panic_exception(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];
    bool first;

    if (describing) {
        panic("panic_exception: vector %lu while describing another exception", saved->vector);
    }
    describing = true;
    exception_describe(saved, text, sizeof(text));
    first = begin();
    printk("%s\n", text);
    if (first) {
        print_registers(saved);
        backtrace_print(saved->rip, saved->rip, saved->rbp);
    }
    machine_stop(STOP_PANIC);
}
