/**
 * @file
 * Test of the fast path of calls: it is entered with a client and a server that the test has made,
 * and leads to the server's program, which is at an address where nothing is, or declines. See
 * world.h.
 */
#include "fastpath.h"

#include "arch/x86_64/gdt.h"
#include "catch.h"
#include "guest.h"
#include "lib/string.h"
#include "world.h"

#define ROUNDS 48u
#define PAGE_FAULT 14u
#define CALL_NUMBER 8u /* ipc_call */
#define CR0_TS ((uint64_t)1 << 3)
#define TSS_IST1 36u           /* Intel SDM Vol. 3A figure 7-11 */
#define USER_FLAGS 0x00240CD5u /* that do no harm; bit 1 and IF besides */

extern uint8_t gdt_tss[];

/** What makes the fast path decline; everything else is as it has to be. */
enum guest_obstacle {
    GUEST_NO_OBSTACLE,
    GUEST_NO_SUCH_SLOT,
    GUEST_EMPTY_SLOT,
    GUEST_NO_RIGHT,
    GUEST_OTHER_OBJECT,
    GUEST_NO_RECEIVER,
    GUEST_SECOND_RECEIVER,
    GUEST_SERVER_DEADLINE,
    GUEST_FLAG,
    GUEST_TIMEOUT,
    GUEST_OBSTACLES,
};

/** A passage besides what world.h has of it. */
struct guest_fastpath_round {
    enum guest_obstacle obstacle;
    struct context given;        /**< the client's registers */
    struct context registers;    /**< those that it came out with */
    enum guest_fastpath_way way; /**< where it came out */
    uint64_t server;             /**< the server's number; 0: there is none */
    struct thread *current;      /**< sched.current afterwards */
    uint64_t ist1, expected_ist1;
    uint64_t cr0, expected_cr0;
};

/* Read by the grader. */
struct guest_fastpath_round guest_fastpath_rounds[ROUNDS];

static uint64_t cr0_read(void)
{
    uint64_t cr0;

    __asm__ volatile("movq %%cr0, %0" : "=r"(cr0));
    return cr0;
}

static void cr0_write(uint64_t cr0)
{
    __asm__ volatile("movq %0, %%cr0" : : "r"(cr0) : "memory");
}

static uint64_t ist1(void)
{
    uint64_t value;

    memcpy(&value, gdt_tss + TSS_IST1, sizeof(value));
    return value;
}

/** An address in the user's half where nothing is mapped. */
static uint64_t nowhere(void)
{
    return 0x200000000000 + guest_random_below(0x100000000000);
}

static void make_program(struct context *context)
{
    context->rip = nowhere();
    context->rflags = (guest_random() & USER_FLAGS) | 0x202;
}

/** The client's slot: an endpoint, that it may send to, unless that is the obstacle. */
static void fill_slot(struct slot *slot, enum guest_obstacle obstacle)
{
    uint64_t more = guest_random_below(4) * SLOT_ENDPOINT_RECEIVE; /* and maybe GRANT */

    *slot = (struct slot){
        .allows = SLOT_ENDPOINT_SEND | more, .badge = guest_random(), .endpoint = guest_endpoints};
    if (obstacle == GUEST_EMPTY_SLOT) {
        *slot = (struct slot){0};
    } else if (obstacle == GUEST_NO_RIGHT) {
        slot->allows = SLOT_ENDPOINT_RECEIVE | SLOT_ENDPOINT_GRANT;
    } else if (obstacle == GUEST_OTHER_OBJECT) {
        slot->allows = SLOT_NOTIFICATION;
        slot->notification = &guest_notifications[0];
    }
}

/** The call's registers, with the obstacle, of which there are variants, if it is one of these. */
static void fill_registers(struct context *registers, uint64_t slot, enum guest_obstacle obstacle,
                           unsigned variant)
{
    registers->rax = CALL_NUMBER;
    registers->rdi = slot;
    registers->rdx = TIMEOUT_INFINITE;
    if (obstacle == GUEST_NO_SUCH_SLOT) {
        registers->rdi = variant % 2 ? SLOT_LIMIT + guest_random_below(3) : slot | 1ul << 32;
    } else if (obstacle == GUEST_FLAG) {
        registers->rsi |= MESSAGE_FAULT << variant % 4;
    } else if (obstacle == GUEST_TIMEOUT) {
        static const uint64_t times[] = {TIMEOUT_NONE, 3, 0xFFFFFFFF, TIMEOUT_INFINITE - 1};

        registers->rdx = times[variant % 4];
    }
}

/** Who waits at the endpoint. @return the server; NULL: none */
static struct thread *put_server(enum guest_obstacle obstacle)
{
    struct thread *server = guest_idle_thread();

    if (obstacle == GUEST_NO_RECEIVER) {
        return NULL;
    }
    guest_put_waiting(server, THREAD_RECEIVING, &guest_endpoints[0].receivers);
    make_program(&server->context);
    if (obstacle == GUEST_SERVER_DEADLINE) {
        guest_put_deadline(server, sched.ticks + 1 + guest_random_below(5));
    }
    if (obstacle == GUEST_SECOND_RECEIVER) {
        guest_put_waiting(guest_idle_thread(), THREAD_RECEIVING, &guest_endpoints[0].receivers);
    }
    return server;
}

/** What the CPU has to be like for each of the two: one of them may own the FPU. */
static void choose_cr0(struct thread *client, struct thread *server, uint64_t clean)
{
    unsigned owner = (unsigned)guest_random_below(3);

    client->cpu.cr0 = owner == 1 ? clean & ~CR0_TS : clean | CR0_TS;
    if (server != NULL) {
        server->cpu.cr0 = owner == 2 ? clean & ~CR0_TS : clean | CR0_TS;
    }
}

static void pass(struct guest_fastpath_round *passage, struct guest_ipc_round *round,
                 struct thread *client)
{
    uint64_t cr0 = cr0_read();
    const struct thread *expected;

    choose_cr0(client, passage->server ? &guest_threads[passage->server] : NULL, cr0);
    expected = passage->obstacle == GUEST_NO_OBSTACLE ? &guest_threads[passage->server] : client;
    passage->expected_cr0 = expected->cpu.cr0;
    passage->expected_ist1 = (uintptr_t)(&expected->context + 1);
    gdt_set_save_area(&client->context);
    cr0_write(client->cpu.cr0);
    guest_fastpath_way = GUEST_CAME_NOT_BACK;
    guest_fastpath_enter(client, &passage->given);
    passage->cr0 = cr0_read();
    cr0_write(cr0);
    passage->ist1 = ist1();
    passage->current = sched.current;
    passage->way = (enum guest_fastpath_way)guest_fastpath_way;
    passage->registers = guest_fastpath_registers;
    guest_round_end(round, ERROR_NONE);
}

static void fastpath_round(unsigned number, enum guest_obstacle obstacle)
{
    struct guest_fastpath_round *passage = &guest_fastpath_rounds[number];
    struct thread *client = &guest_threads[0];
    const struct thread *server;
    uint64_t slot = 1 + guest_random_below(GUEST_SLOTS - 1);

    guest_world_begin();
    server = put_server(obstacle);
    guest_put_bystanders(3);
    make_program(&client->context);
    client->context.vector = 256; /* CONTEXT_SYSCALL */
    fill_slot(&client->slots[slot], obstacle);
    passage->obstacle = obstacle;
    passage->server = server != NULL ? (uint64_t)(server - guest_threads) : 0;
    passage->given = guest_threads[GUEST_THREADS - 1].context; /* random */
    passage->given.rsi = client->context.rsi;
    fill_registers(&passage->given, slot, obstacle, number / (GUEST_OBSTACLES - 1));
    pass(passage, guest_round_begin(number, client), client);
}

/** The CPU saves the page fault on a stack of its own, whatever IST1 is. */
static void catch_page_faults(void)
{
    guest_idt_set(PAGE_FAULT, (uintptr_t)guest_fastpath_landed, IST_DOUBLE_FAULT);
    guest_idt_load();
}

void guest_test_fastpath_goes_over(void);
void guest_test_fastpath_goes_over(void)
{
    catch_page_faults();
    for (unsigned i = 0; i < ROUNDS; i++) {
        fastpath_round(i, GUEST_NO_OBSTACLE);
    }
    guest_checkpoint("done");
}

void guest_test_fastpath_declines(void);
void guest_test_fastpath_declines(void)
{
    catch_page_faults();
    for (unsigned i = 0; i < ROUNDS; i++) {
        fastpath_round(i, 1 + i % (GUEST_OBSTACLES - 1));
    }
    guest_checkpoint("done");
}
