/**
 * @file
 * Stands in for the parts of the machine that the kernel's core only mentions.
 */
#include <stdarg.h>
#include <stdio.h>

#include "arch/machine.h"
#include "arch/modules.h"
#include "arch/switch.h"
#include "arch/trap.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "harness.h"
#include "host/cpu.h"
#include "task/thread.h"

struct module_list modules;
struct log_ring log_ring;

/** A panic is never right: no program's call may lead to one. */
noreturn void panic(const char *format, ...)
{
    char text[200];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    fail("the kernel panics: %s", text);
}

/** An exception in the kernel. */
noreturn void panic_exception(const struct context *saved)
{
    fail("a program's exception is taken for the kernel's, at %#lx", saved->rip);
}

/** Prints nothing. */
void printk(const char *format, ...)
{
    (void)format;
}

/** Puts no exception into words. */
void exception_describe(const struct context *saved, char *text, size_t size)
{
    snprintf(text, size, "exception %lu", saved->vector);
}

/** @return CR2 */
uint64_t cpu_fault_address(void)
{
    return host_cpu.cr2;
}

/** No suite has a first task, whose end would be the machine's. */
noreturn void machine_stop(enum stop_reason reason)
{
    fail("the kernel stops the machine, reason %d", reason);
}

/** The timer ticks when a suite wants it to. */
void timer_init(unsigned frequency)
{
    (void)frequency;
}

/** There are no FPU registers. */
void fpu_prepare(struct cpu_state *state)
{
    (void)state;
}

/** See fpu_prepare(). */
void fpu_take(struct cpu_state *state)
{
    (void)state;
}

/** See fpu_prepare(). */
void fpu_forget(const struct cpu_state *state)
{
    (void)state;
}

/** See fpu_prepare(). */
void cpu_switch(const struct cpu_state *state)
{
    (void)state;
}
