/**
 * @file
 * A stopped program's registers.
 */
#include "arch/registers.h"

#include "abi/memory.h"
#include "arch/x86_64/rflags.h"

/* The arithmetic flags and DF (Intel SDM Vol. 1 3.4.3). */
#define RFLAGS_OF_PROGRAMS 0xCD5u

#define AT(name) offsetof(struct context, name)

/* Where each register stands in the context, in bytes. */
static const uint8_t places[THREAD_FACTS] = {
    [THREAD_FACT_RIP] = AT(rip),       [THREAD_FACT_RSP] = AT(rsp),
    [THREAD_FACT_RFLAGS] = AT(rflags), [THREAD_FACT_RAX] = AT(rax),
    [THREAD_FACT_RBX] = AT(rbx),       [THREAD_FACT_RCX] = AT(rcx),
    [THREAD_FACT_RDX] = AT(rdx),       [THREAD_FACT_RSI] = AT(rsi),
    [THREAD_FACT_RDI] = AT(rdi),       [THREAD_FACT_RBP] = AT(rbp),
    [THREAD_FACT_R8] = AT(r8),         [THREAD_FACT_R8 + 1] = AT(r9),
    [THREAD_FACT_R8 + 2] = AT(r10),    [THREAD_FACT_R8 + 3] = AT(r11),
    [THREAD_FACT_R8 + 4] = AT(r12),    [THREAD_FACT_R8 + 5] = AT(r13),
    [THREAD_FACT_R8 + 6] = AT(r14),    [THREAD_FACT_R8 + 7] = AT(r15),
};

/**
 * @param context  of a thread that does not run
 * @param which    a register
 * @return its value
 */
uint64_t registers_read(const struct context *context, enum thread_fact which)
{
    return *(const uint64_t *)((const char *)context + places[which]);
}

/**
 * Sets a register, so that the program can go on with it and do no harm.
 *
 * @param context  of a thread that does not run
 * @param which    a register
 * @param value    any number; of RFLAGS only the bits that programs may choose are taken
 * @return false for an address in RIP that is no program's
 */
bool registers_write(struct context *context, enum thread_fact which, uint64_t value)
{
    if (which == THREAD_FACT_RIP && (value < MEMORY_START || value >= MEMORY_END)) {
        return false;
    }
    if (which == THREAD_FACT_RFLAGS) {
        value = (value & RFLAGS_OF_PROGRAMS) | RFLAGS_RESERVED | RFLAGS_IF;
    }
    *(uint64_t *)((char *)context + places[which]) = value;
    return true;
}
