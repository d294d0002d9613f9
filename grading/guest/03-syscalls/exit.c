/**
 * @file
 * Tests of syscall_exit: how a program goes on, and how a thread that waits is put away. The test
 * tells the CPU about system calls itself.
 */
#include "arch/paging.h"
#include "arch/x86_64/gdt.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/msr.h"
#include "arch/x86_64/page_entry.h"
#include "guest.h"
#include "room.h"

#define ROUNDS 24u
#define LANDING_LOW 0x70005000u /* in the user's half, where no program is */
#define LANDING_HIGH 0x0000700000005000u
#define LEVELS 4u
#define FLAG_IF (1u << 9)
#define FLAGS_FIXED (1u << 1)
/* CF, PF, AF, ZF, SF, DF, OF, NT, AC and ID: all that a program can set but TF */
#define FLAGS_USER 0x00244CD5u

/* Read by the grader. */
struct guest_call_round guest_return_rounds[ROUNDS];
struct guest_call_round guest_away_rounds[ROUNDS];

void __real_syscall_exit(void); /* the linker's name for syscall_exit */

typedef uint64_t guest_tables[LEVELS - 1][TABLE_ENTRIES];

static guest_tables low_tables __attribute__((aligned(PAGE_SIZE)));
static guest_tables high_tables __attribute__((aligned(PAGE_SIZE)));

/** Maps the landings for user mode, by tables of the test's own in the kernel's root table. */
static void map_landings(uint64_t address, guest_tables tables)
{
    uint64_t root;
    uint64_t *table;

    __asm__ volatile("movq %%cr3, %0" : "=r"(root));
    table = paging_window(root & PAGE_ADDRESS);
    for (unsigned level = LEVELS; level > 1; level--) {
        uint64_t *next = tables[level - 2];

        table[table_index(address, level)] =
            image_physical(next) | PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER;
        table = next;
    }
    table[table_index(address, 1)] = image_physical(guest_landings) | PAGE_PRESENT | PAGE_USER;
}

/** As syscall_init() has to do it (Intel SDM Vol. 3A 5.8.8). */
static void allow_system_calls(void)
{
    uint64_t user = SYSRET_SELECTOR_BASE | 3, kernel = KERNEL_CODE_SELECTOR;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}

static void begin(void)
{
    map_landings(LANDING_LOW, low_tables);
    map_landings(LANDING_HIGH, high_tables);
    allow_system_calls();
}

static void cross(struct guest_call_round *round, enum thread_state state, uint64_t landing_page)
{
    struct context *context = &round->before.thread.context;

    guest_call_fill(round);
    round->registers.rip = (uintptr_t)__real_syscall_exit;
    round->registers.rsp = (uintptr_t)&guest_user_stack[32];
    round->before.thread.state = state;
    context->rip = landing_page + guest_random_below(GUEST_LANDINGS) * GUEST_LANDING_SIZE;
    context->rflags = (guest_random() & FLAGS_USER) | FLAG_IF | FLAGS_FIXED;
    guest_call_cross(round, true);
}

void guest_test_syscall_return(void);
void guest_test_syscall_return(void)
{
    begin();
    for (unsigned i = 0; i < ROUNDS; i++) {
        cross(&guest_return_rounds[i], THREAD_RUNNING, i % 2 == 0 ? LANDING_LOW : LANDING_HIGH);
    }
    guest_checkpoint("done");
}

/** The states of threads that a system call has stopped: all but UNUSED and RUNNING. */
static enum thread_state any_other_state(void)
{
    static const enum thread_state states[] = {THREAD_READY, THREAD_SLEEPING, THREAD_JOINING,
                                               THREAD_ENDED};

    return states[guest_random_below(sizeof(states) / sizeof(states[0]))];
}

void guest_test_syscall_put_away(void);
void guest_test_syscall_put_away(void)
{
    begin();
    for (unsigned i = 0; i < ROUNDS; i++) {
        cross(&guest_away_rounds[i], any_other_state(), LANDING_LOW);
    }
    guest_checkpoint("done");
}
