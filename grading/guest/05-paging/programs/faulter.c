/**
 * @file
 * A task that accesses pages which it does not have, with random numbers in all of its registers,
 * and reports what they hold afterwards.
 */
#include "faulter.h"

#include "digest.h"
#include "guest_program.h"

#define REGISTERS 15u       /* RAX, which holds the address, first; without RSP */
#define FLAGS_RANDOM 0xCD5u /* carry, parity, auxiliary, zero, sign, direction, overflow */
#define FLAGS_ALWAYS 0x202u

/** Read and written by the assembly below. */
struct faulter_registers {
    uint64_t registers[REGISTERS];
    uint64_t flags;
} faulter_given, faulter_left;

void faulter_read(void);
void faulter_write(void);
void faulter_execute(void);

/* Each loads all registers from `faulter_given`, accesses the page that RAX points into, and stores
 * all registers to `faulter_left`. What C wants back is on the stack in between. */
__asm__(
    ".macro load_all\n"
    "    push %rbp\n    push %rbx\n    push %r12\n    push %r13\n    push %r14\n    push %r15\n"
    "    pushq faulter_given+120(%rip)\n    popfq\n"
    "    mov faulter_given(%rip), %rax\n    mov faulter_given+8(%rip), %rbx\n    mov "
    "faulter_given+16(%rip), %rcx\n"
    "    mov faulter_given+24(%rip), %rdx\n    mov faulter_given+32(%rip), %rsi\n    mov "
    "faulter_given+40(%rip), %rdi\n"
    "    mov faulter_given+48(%rip), %rbp\n    mov faulter_given+56(%rip), %r8\n    mov "
    "faulter_given+64(%rip), %r9\n"
    "    mov faulter_given+72(%rip), %r10\n    mov faulter_given+80(%rip), %r11\n    mov "
    "faulter_given+88(%rip), %r12\n"
    "    mov faulter_given+96(%rip), %r13\n    mov faulter_given+104(%rip), %r14\n    mov "
    "faulter_given+112(%rip), %r15\n"
    ".endm\n"
    ".macro store_all\n"
    "    mov %rax, faulter_left(%rip)\n    mov %rbx, faulter_left+8(%rip)\n    mov %rcx, "
    "faulter_left+16(%rip)\n"
    "    mov %rdx, faulter_left+24(%rip)\n    mov %rsi, faulter_left+32(%rip)\n    mov %rdi, "
    "faulter_left+40(%rip)\n"
    "    mov %rbp, faulter_left+48(%rip)\n    mov %r8, faulter_left+56(%rip)\n    mov %r9, "
    "faulter_left+64(%rip)\n"
    "    mov %r10, faulter_left+72(%rip)\n    mov %r11, faulter_left+80(%rip)\n    mov %r12, "
    "faulter_left+88(%rip)\n"
    "    mov %r13, faulter_left+96(%rip)\n    mov %r14, faulter_left+104(%rip)\n    mov %r15, "
    "faulter_left+112(%rip)\n"
    "    pushfq\n    popq faulter_left+120(%rip)\n    cld\n"
    "    pop %r15\n    pop %r14\n    pop %r13\n    pop %r12\n    pop %rbx\n    pop %rbp\n    ret\n"
    ".endm\n"
    ".global faulter_read, faulter_write, faulter_execute\n"
    ".global faulter_reads, faulter_writes\n"
    "faulter_read:\n    load_all\n"
    "faulter_reads:\n    mov (%rax), %rcx\n    store_all\n"
    "faulter_write:\n    load_all\n"
    "faulter_writes:\n    mov %rcx, (%rax)\n    store_all\n"
    "faulter_execute:\n    load_all\n    call *%rax\n    store_all\n");

static void access_page(unsigned number, uint64_t address)
{
    for (unsigned i = 0; i < REGISTERS; i++) {
        faulter_given.registers[i] = guest_random();
    }
    faulter_given.flags = (guest_random() & FLAGS_RANDOM) | FLAGS_ALWAYS;
    faulter_given.registers[0] = address;
    switch (faulter_access(number)) {
    case MEMORY_READ:
        faulter_read();
        break;
    case MEMORY_WRITE:
        faulter_write();
        break;
    default:
        faulter_execute();
    }
}

/** All registers in one number. */
static uint64_t digest_left(void)
{
    uint64_t digest = digest_add(0, faulter_left.flags);

    for (unsigned i = 0; i < REGISTERS; i++) {
        digest = digest_add(digest, faulter_left.registers[i]);
    }
    return digest;
}

int64_t guest_main(uint64_t argument)
{
    unsigned count = argument == FAULTER_ALL ? FAULTER_ACCESSES : 1;

    for (unsigned i = 0; i < count; i++) {
        access_page(i, faulter_page(guest_random()));
        guest_report_hex("registers", digest_left());
    }
    return (int64_t)count;
}
