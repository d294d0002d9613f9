/**
 * @file
 * Exercise "console": the kernel's own uart_put_byte() at a port that is slow, or dead.
 *
 * QEMU's serial port is ready at any time, so a driver that never waits gets away with it. Here the
 * CPU's I/O breakpoints (Intel SDM Vol. 3B 17.2.4) stop at every access to COM1, and spied_access()
 * puts another line status in place of the real one. So it is the kernel's code as it is linked
 * that is tested, however it gets at the port.
 */
#include "arch/machine.h"
#include "catch.h"
#include "debug/printk.h"
#include "guest.h"

#define COM1 0x3F8u
#define DATA 0u        /* THR */
#define LINE_STATUS 5u /* LSR */
#define HOLDING_EMPTY 0x20u
#define ALL_SENT 0x40u

#define CR4_DE 0x8u                   /* debugging extensions: breakpoints on ports */
#define DR7_WATCH_8_PORTS 0x000A0401u /* breakpoint 0 on, type I/O, length 8 */
#define VECTOR_DEBUG 1u
#define IN_AL_DX 0xECu
#define OUT_DX_AL 0xEEu

#define SENT_COUNT 48u
#define DEAD_COUNT 2u
#define MOST_BUSY 40u
#define NEVER_READY UINT64_MAX

/** One call of uart_put_byte(): what it met, and what it did. */
struct guest_put {
    uint64_t byte;
    uint64_t busy; /* so many status reads say "not ready" */
    uint64_t returned;
    uint64_t status_reads, reads_before_write;
    uint64_t writes, written;
    uint64_t strange_accesses, strange_port;
};

/** Registers as the debug exception's entry in console.asm pushes them. */
struct spied {
    uint64_t rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t rip;
};

struct guest_put guest_puts[SENT_COUNT];
size_t guest_put_count; /* so many of them have been made */
char guest_line[256];   /* text with newlines in it */
uint8_t guest_raw[256];

static struct guest_put *current;
static uint64_t noise, reads_since_write;

void guest_debug_entry(void);
void guest_spied_access(struct spied *spied);
void guest_test_console_bytes(void);
void guest_test_console_dead_port(void);

/** The line status: bits that mean nothing here are noise, so that nobody relies on them. */
static uint8_t simulated_status(void)
{
    uint8_t status = (uint8_t)(guest_random_next(&noise) & ~(uint64_t)(HOLDING_EMPTY | ALL_SENT));

    current->status_reads++;
    return reads_since_write++ < current->busy ? status : status | HOLDING_EMPTY;
}

static void simulated_write(uint8_t byte)
{
    if (current->writes++ == 0) {
        current->written = byte;
        current->reads_before_write = current->status_reads;
    }
    reads_since_write = 0;
}

/** Called after each access to one of COM1's ports. */
void guest_spied_access(struct spied *spied)
{
    uint8_t instruction = *(const uint8_t *)(spied->rip - 1);
    uint16_t port = (uint16_t)spied->rdx;

    if (instruction == IN_AL_DX && port == COM1 + LINE_STATUS) {
        spied->rax = (spied->rax & ~(uint64_t)0xFF) | simulated_status();
    } else if (instruction == OUT_DX_AL && port == COM1 + DATA) {
        simulated_write((uint8_t)spied->rax);
    } else if (current->strange_accesses++ == 0) {
        current->strange_port = port;
    }
}

static void watch_ports(bool on)
{
    uint64_t cr4;

    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | CR4_DE));
    __asm__ volatile("movq %0, %%dr0" : : "r"((uint64_t)COM1));
    __asm__ volatile("movq %0, %%dr7" : : "r"((uint64_t)(on ? DR7_WATCH_8_PORTS : 0)));
    __asm__ volatile("movq %0, %%cr4" : : "r"(on ? cr4 | CR4_DE : cr4 & ~(uint64_t)CR4_DE));
}

static void put_spied(struct guest_put *put)
{
    current = put;
    reads_since_write = 0;
    watch_ports(true);
    put->returned = uart_put_byte((uint8_t)put->byte);
    watch_ports(false);
}

/** Puts bytes, up to one that goes wrong: a driver that waits for ever would do so for each. */
static void put_all(size_t count)
{
    bool gone_wrong = false;

    guest_interrupts_off();
    guest_idt_set(VECTOR_DEBUG, (uintptr_t)guest_debug_entry, 0);
    guest_idt_load();
    noise = guest_random();
    guest_checkpoint("ready");
    for (size_t i = 0; i < count && !gone_wrong; i++) {
        put_spied(&guest_puts[i]);
        gone_wrong = guest_puts[i].busy != NEVER_READY && guest_puts[i].writes != 1;
        guest_put_count++;
    }
    guest_checkpoint("done");
}

/** Every byte value once, in an order of this boot's own. */
static void shuffle_bytes(void)
{
    for (unsigned i = 0; i < 256; i++) {
        guest_raw[i] = (uint8_t)i;
    }
    for (unsigned i = 255; i > 0; i--) {
        unsigned other = (unsigned)guest_random_below(i + 1);
        uint8_t byte = guest_raw[i];

        guest_raw[i] = guest_raw[other];
        guest_raw[other] = byte;
    }
}

/** Printable characters with newlines among them, the first of them early. */
static void invent_text(void)
{
    for (unsigned i = 0; i < sizeof(guest_line) - 1; i++) {
        guest_line[i] = guest_random_below(12) == 0 ? '\n' : (char)(' ' + guest_random_below(95));
    }
    guest_line[2] = guest_line[9] = guest_line[10] = '\n';
}

/** A slow port; then the real one. */
void guest_test_console_bytes(void)
{
    for (unsigned i = 0; i < SENT_COUNT; i++) {
        guest_puts[i].byte = guest_random_below(256);
        guest_puts[i].busy = guest_random_below(MOST_BUSY + 1);
    }
    guest_puts[0] = (struct guest_put){.byte = 'A', .busy = 0};
    guest_puts[1] = (struct guest_put){.byte = 'B', .busy = 3};
    guest_puts[2] = (struct guest_put){.byte = '\n', .busy = 0};
    put_all(SENT_COUNT);

    shuffle_bytes();
    guest_checkpoint("raw");
    for (unsigned i = 0; i < sizeof(guest_raw); i++) {
        uart_put_byte(guest_raw[i]);
    }
    invent_text();
    guest_checkpoint("text");
    printk("%s", guest_line);
    guest_checkpoint("printed");
}

/** A port that never gets ready, and one that works again. */
void guest_test_console_dead_port(void)
{
    for (unsigned i = 0; i <= DEAD_COUNT; i++) {
        guest_puts[i].byte = guest_random_below(256);
        guest_puts[i].busy = i < DEAD_COUNT ? NEVER_READY : guest_random_below(MOST_BUSY + 1);
    }
    put_all(DEAD_COUNT + 1);
}
