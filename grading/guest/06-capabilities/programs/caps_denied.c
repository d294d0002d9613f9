/**
 * @file
 * A task that tries what it has no authority for. It has a capability space and an address space of
 * its own, and of every kind of capability a little; the root task tells it when to begin, and
 * looks whether anything has changed. The judge has the same list of attempts, with the error that
 * each has to give. At last come instructions that a program must not execute: their faults go to
 * the root task.
 */
#include "abi/exception.h"
#include "ipc.h"
#include "notification.h"
#include "root_parts.h"

#define SLOTS 24u
#define LEVEL 10u
#define MOST_FAULTS 32u
#define SOMEWHERE 0x0000500000000000u
#define KERNEL 0xFFFFFFFF80100000u
#define ATTEMPTS_MAX 128u

extern const char program_start_address[]; /* its first page: user/program.ld */

/** What the task has. */
enum held {
    TO_SEND = 1, /* an endpoint: to send, with a badge */
    FAULTS,
    TO_RECEIVE, /* another one: to receive */
    TO_SIGNAL,  /* a notification: to signal, with a badge */
    TO_WAIT,    /* another one: to wait */
    READABLE,   /* a frame: to read */
    FRAME,      /* a frame with all rights */
    SPACE,      /* its address space */
    THREAD,     /* the thread itself */
    OTHER,      /* a thread that has never run, without parts */
    MEMORY,     /* untyped: four pages */
    CNODE,      /* four empty slots */
    PORTS,      /* two of them */
    REVOKED,    /* a frame, until it was revoked */
    FREE        /* from here on nothing */
};

#define BADGE 5u
#define PAIR_FIRST 0x80ul
#define PAIR PORTS_PART(PAIR_FIRST, PAIR_FIRST + 1)
#define RW (MEMORY_READ | MEMORY_WRITE)
#define CARRY(number) (MESSAGE_TRANSFER | (uint64_t)(number) << MESSAGE_SLOT_SHIFT)

/** A call as the kernel gets it. */
struct attempt {
    uint64_t call, first, second, third, fourth;
};

/* In the order of the judge's list (ATTEMPTS in judges/stage06/whole_denied.py). */
static const struct attempt attempts[] = {
    /* slots that are not there */
    {CALL_SLOT_READ, 0, 0, 0, 0},
    {CALL_SLOT_READ, SLOTS, 0, 0, 0},
    {CALL_SLOT_READ, ROOT_SLOTS - 1, 0, 0, 0},
    {CALL_SLOT_READ, UINT64_MAX, 0, 0, 0},
    {CALL_SLOT_READ, SLOT_IN(CNODE, 4), 0, 0, 0},
    {CALL_SLOT_READ, SLOT_IN(CNODE, 0), 0, 0, 0},
    {CALL_SLOT_READ, SLOT_IN(SPACE, 1), 0, 0, 0},
    {CALL_SLOT_COPY, FREE, ROOT_SLOT_UNTYPED, RIGHTS_ALL, 0},
    {CALL_SLOT_COPY, SLOTS, FRAME, RIGHTS_ALL, 0},
    {CALL_SLOT_MOVE, TO_SEND, FRAME, 0, 0},
    {CALL_SLOT_DELETE, FREE, 0, 0, 0},
    {CALL_SLOT_REVOKE, FREE, 0, 0, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_FRAME, 1), FRAME, 0},
    {CALL_FRAME_MAP, REVOKED, SPACE, SOMEWHERE, MEMORY_READ},
    {CALL_IRQ_ACKNOWLEDGE, ROOT_SLOT_IRQ + 1, 0, 0, 0},
    {CALL_PORT_READ, FREE, 0x60, 1, 0},
    /* rights that are missing */
    {CALL_IPC_RECV, TO_SEND, 0, TIMEOUT_NONE, 0},
    {CALL_IPC_SEND, TO_RECEIVE, 0, TIMEOUT_NONE, 0},
    {CALL_IPC_CALL, TO_RECEIVE, 0, TIMEOUT_NONE, 0},
    {CALL_IPC_SEND, TO_SEND, CARRY(FRAME), TIMEOUT_NONE, 0},
    {CALL_NOTIFICATION_WAIT, TO_SIGNAL, TIMEOUT_NONE, 0, 0},
    {CALL_NOTIFICATION_BIND, TO_SIGNAL, 0, 0, 0},
    {CALL_NOTIFICATION_SIGNAL, TO_WAIT, 0, 0, 0},
    {CALL_FRAME_MAP, READABLE, SPACE, SOMEWHERE, RW},
    {CALL_SLOT_COPY, FREE, READABLE, MEMORY_WRITE, 0},
    {CALL_SLOT_COPY, FREE, TO_SEND, RIGHT_RECEIVE, 0},
    {CALL_SLOT_COPY, FREE, TO_WAIT, RIGHT_SEND | RIGHT_GRANT, 0},
    {CALL_THREAD_SET_PRIORITY, OTHER, LEVEL + 1, 0, 0},
    {CALL_PORT_READ, PORTS, PAIR_FIRST - 1, 1, 0},
    {CALL_PORT_READ, PORTS, PAIR_FIRST + 1, 2, 0},
    {CALL_PORT_READ, PORTS, PAIR_FIRST + 0x10000, 1, 0},
    {CALL_PORT_WRITE, PORTS, PAIR_FIRST + 2, 1, 0},
    {CALL_PORT_WRITE, PORTS, UINT64_MAX, 4, 0},
    /* kinds that are mixed up */
    {CALL_UNTYPED_RETYPE, FRAME, OBJECT(OBJECT_ENDPOINT, 0), FREE, 0},
    {CALL_FRAME_MAP, MEMORY, SPACE, SOMEWHERE, RW},
    {CALL_FRAME_MAP, FRAME, CNODE, SOMEWHERE, RW},
    {CALL_THREAD_STOP, SPACE, 0, 0, 0},
    {CALL_THREAD_CONFIGURE, OTHER, SPACE, CNODE, FRAME},
    {CALL_IPC_SEND, TO_SIGNAL, 0, TIMEOUT_NONE, 0},
    {CALL_NOTIFICATION_SIGNAL, TO_SEND, 0, 0, 0},
    {CALL_PORT_READ, FRAME, PAIR_FIRST, 1, 0},
    {CALL_IRQ_ACKNOWLEDGE, PORTS, 0, 0, 0},
    {CALL_IRQ_BIND, THREAD, TO_SIGNAL, 0, 0},
    {CALL_SLOT_COPY, FREE, MEMORY, RIGHTS_ALL, 0},
    {CALL_IPC_REPLY, TO_SEND, 0, 0, 0},
    {CALL_IPC_REPLY, SLOT_LAST_CALLER, 0, 0, 0},
    {CALL_REPLY_SAVE, FREE, 0, 0, 0},
    /* more than was given */
    {CALL_SLOT_COPY, FREE, TO_SEND, RIGHTS_ALL, BADGE + 1},
    {CALL_SLOT_COPY, FREE, READABLE, RIGHTS_ALL, FRAME_PART(0, 2)},
    {CALL_SLOT_COPY, FREE, READABLE, RIGHTS_ALL, FRAME_PART(1, 1)},
    {CALL_SLOT_COPY, FREE, PORTS, RIGHTS_ALL, PORTS_PART(PAIR_FIRST, 0xFFFF)},
    {CALL_SLOT_COPY, FREE, PORTS, RIGHTS_ALL, PORTS_PART(0, PAIR_FIRST)},
    {CALL_SLOT_COPY, FREE, SPACE, RIGHTS_ALL, 1},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_FRAME, 5), FREE, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_UNTYPED, UINT32_MAX), FREE, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_CNODE, 1ul << 50), FREE, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_IRQ, 0), FREE, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_PORTS, 0), FREE, 0},
    {CALL_UNTYPED_RETYPE, MEMORY, OBJECT(OBJECT_REPLY, 0), FREE, 0},
    /* addresses */
    {CALL_FRAME_MAP, FRAME, SPACE, 0, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, MEMORY_END, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, 1ul << 47, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, KERNEL, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, 1ul << 56, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, SOMEWHERE + 1, RW},
    {CALL_FRAME_MAP, FRAME, SPACE, SOMEWHERE, MEMORY_WRITE | MEMORY_EXECUTE | MEMORY_READ},
    {CALL_FRAME_MAP, FRAME, SPACE, SOMEWHERE, MEMORY_WRITE},
    {CALL_FRAME_MAP, FRAME, SPACE, (uint64_t)program_start_address, RW},
    {CALL_CONSOLE_WRITE, KERNEL, 16, 0, 0},
    {CALL_CONSOLE_WRITE, SOMEWHERE, 16, 0, 0},
    {CALL_THREAD_SET_NAME, OTHER, KERNEL, 8, 0},
    {CALL_THREAD_SET_NAME, OTHER, 1ul << 47, 8, 0},
    /* threads */
    {CALL_THREAD_READ, THREAD, THREAD_FACT_RIP, 0, 0},
    {CALL_THREAD_WRITE, THREAD, THREAD_FACT_RFLAGS, 0x3202, 0},
    {CALL_THREAD_WRITE, OTHER, THREAD_FACT_RIP, KERNEL, 0},
    {CALL_THREAD_WRITE, OTHER, THREAD_FACT_RIP, 1ul << 47, 0},
    {CALL_THREAD_WRITE, OTHER, THREAD_FACT_RIP, MEMORY_END, 0},
    {CALL_THREAD_WRITE, OTHER, THREAD_FACT_STATE, 2, 0},
    {CALL_THREAD_WRITE, OTHER, THREAD_FACTS, 3, 0},
    {CALL_THREAD_READ, OTHER, UINT64_MAX, 0, 0},
    {CALL_THREAD_START, OTHER, KERNEL, SOMEWHERE, 0},
    {CALL_THREAD_START, OTHER, SOMEWHERE, KERNEL & -16ul, 0},
    {CALL_THREAD_START, OTHER, SOMEWHERE, SOMEWHERE, 0},
    {CALL_THREAD_RESUME, OTHER, 0, 0, 0},
    {CALL_THREAD_CONFIGURE, THREAD, CNODE, 0, 0},
    {CALL_THREAD_CONFIGURE, THREAD, 0, SPACE, 0},
    {CALL_THREAD_CONFIGURE, OTHER, 0, 0, READABLE},
    {CALL_THREAD_START, THREAD, SOMEWHERE, SOMEWHERE, 0},
    {CALL_THREAD_SET_PRIORITY, OTHER, PRIORITY_LEVELS, 0, 0},
    /* messages that only the kernel makes, and calls that there are not */
    {CALL_IPC_SEND, TO_SEND, MESSAGE_FAULT, TIMEOUT_NONE, 0},
    {CALL_IPC_SEND, TO_SEND, MESSAGE_SIGNAL, TIMEOUT_NONE, 0},
    {CALL_IPC_SEND, TO_SEND, MESSAGE_BUFFER | 513, TIMEOUT_NONE, 0},
    {3, 0, 0, 0, 0},
    {32, SOMEWHERE, 1, RW, 0},
    {38, 1, 0, 0, 0},
    {63, 0, 0, 0, 0},
    {1ul << 32, 0, 0, 0, 0},
    {UINT64_MAX, 0, 0, 0, 0},
};

#define ATTEMPTS (sizeof(attempts) / sizeof(attempts[0]))

_Static_assert(ATTEMPTS <= ATTEMPTS_MAX, "room for the errors");

static volatile uint64_t errors[ATTEMPTS_MAX], values[ATTEMPTS_MAX];
static volatile bool is_done;
static slot cspace, space, fault_endpoint;
static slot own_copies[SLOTS];

static uint64_t attempt(const struct attempt *attempt, volatile uint64_t *value)
{
    register uint64_t fourth __asm__("r10") = attempt->fourth;
    uint64_t error = attempt->call, first = attempt->first, second = attempt->second;
    uint64_t third = attempt->third;

    __asm__ volatile("xorl %%r8d, %%r8d\n\txorl %%r9d, %%r9d\n\txorl %%r12d, %%r12d\n\t"
                     "xorl %%r13d, %%r13d\n\txorl %%r14d, %%r14d\n\txorl %%r15d, %%r15d\n\t"
                     "xorl %%ebx, %%ebx\n\tsyscall"
                     : "+a"(error), "+D"(first), "+S"(second), "+d"(third), "+r"(fourth)
                     :
                     : "rbx", "rcx", "r8", "r9", "r11", "r12", "r13", "r14", "r15", "memory", "cc");
    *value = third;
    return error;
}

/** The task. */
static void attack(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        errors[i] = attempt(&attempts[i], &values[i]);
    }
    is_done = true;
    root_thread_end();
}

static slot held(uint64_t number)
{
    return slot_in(cspace, number);
}

static void give(uint64_t number, slot from, uint64_t rights, uint64_t badge)
{
    own_copies[number] = from;
    set_up(slot_copy(held(number), from, rights, badge));
}

/** Gives the task what it has. @return the thread that attacks */
static struct root_thread prepare(void)
{
    struct root_thread made;
    slot revoked = root_make(OBJECT_FRAME, 1);

    cspace = root_make(OBJECT_CNODE, SLOTS);
    space = root_space();
    made = root_thread_make(cspace, space, LEVEL);
    fault_endpoint = root_make(OBJECT_ENDPOINT, 0);
    give(TO_SEND, root_make(OBJECT_ENDPOINT, 0), RIGHT_SEND, BADGE);
    give(TO_RECEIVE, root_make(OBJECT_ENDPOINT, 0), RIGHT_RECEIVE, 0);
    give(TO_SIGNAL, root_make(OBJECT_NOTIFICATION, 0), RIGHT_SEND, 1);
    give(TO_WAIT, root_make(OBJECT_NOTIFICATION, 0), RIGHT_RECEIVE, 0);
    give(READABLE, root_make(OBJECT_FRAME, 1), MEMORY_READ, 0);
    give(FRAME, root_make(OBJECT_FRAME, 1), RIGHTS_ALL, 0);
    give(SPACE, space, RIGHTS_ALL, 0);
    give(THREAD, made.thread, RIGHTS_ALL, 0);
    give(OTHER, root_make(OBJECT_THREAD, 0), RIGHTS_ALL, 0);
    set_up(thread_set_priority(own_copies[OTHER], LEVEL));
    set_up(untyped_retype(root_untyped, OBJECT(OBJECT_UNTYPED, 4), held(MEMORY)));
    give(CNODE, root_make(OBJECT_CNODE, 4), RIGHTS_ALL, 0);
    give(PORTS, (slot){ROOT_SLOT_PORTS}, RIGHTS_ALL, PAIR);
    give(REVOKED, revoked, RIGHTS_ALL, 0);
    set_up(slot_revoke(revoked));
    return made;
}

/** A number that changes when something in the task's slots does, or in the thread OTHER, or in
 * the memory of its frames. */
static uint64_t state(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 1; i < SLOTS; i++) {
        for (unsigned fact = 0; fact <= SLOT_READ_SIZE; fact++) {
            sum = sum * 31 + slot_read(held(i), (enum slot_fact)fact).value;
        }
    }
    for (uint64_t fact = 0; fact < THREAD_FACTS; fact++) {
        sum = sum * 31 + thread_read(own_copies[OTHER], fact).value;
    }
    for (uint64_t i = 1; i < 4; i++) {
        sum = sum * 31 + slot_read(slot_in(held(CNODE), i), SLOT_READ_KIND).value;
    }
    return sum * 31 + notification_wait(own_copies[TO_SIGNAL], TIMEOUT_NONE).value;
}

/* What a program must not do, one each. */

static void in_port(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("inb $0x60, %%al" : : : "rax");
}

static void out_port(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("outb %%al, $0x80" : : : "memory");
}

static void interrupts_off(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("cli" : : : "memory");
}

static void halt(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("hlt");
}

static void read_root(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("movq %%cr3, %%rax" : : : "rax");
}

static void read_register(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("rdmsr" : : "c"(0xC0000082u) : "rax", "rdx");
}

static void undefined(uint64_t unused)
{
    (void)unused;
    __asm__ volatile("ud2");
}

static void read_address(uint64_t address)
{
    (void)*(volatile uint64_t *)address;
}

static void write_address(uint64_t address)
{
    *(volatile uint64_t *)address = 0;
}

static void execute_address(uint64_t address)
{
    ((root_entry)address)(0);
}

/** Does it in a thread of the task, and reports what its fault handler is told. */
static void fault(root_entry does, uint64_t argument)
{
    static struct root_thread made;
    struct message message;

    if (made.buffer == NULL) {
        set_up(slot_copy(held(FAULTS), fault_endpoint, RIGHT_SEND, BADGE));
        made = root_thread_make(cspace, space, LEVEL);
    }
    root_thread_run(made, does, argument);
    if (ipc_recv(fault_endpoint, &message, 100) != ERROR_NONE) {
        message = (struct message){0};
    }
    guest_report("info", message.info);
    guest_report("first", message.words[0]);
    guest_report("second", message.words[1]);
    set_up(thread_stop(made.thread));
}

static void fault_all(void)
{
    static const root_entry instructions[] = {in_port,   out_port,      interrupts_off, halt,
                                              read_root, read_register, undefined};

    for (unsigned i = 0; i < sizeof(instructions) / sizeof(instructions[0]); i++) {
        fault(instructions[i], 0);
    }
    fault(read_address, KERNEL);
    fault(write_address, KERNEL);
    fault(execute_address, KERNEL);
    fault(read_address, 0);
    fault(read_address, SOMEWHERE);
    fault(write_address, (uint64_t)attack);
    fault(execute_address, (uint64_t)root_stacks);
    guest_report("text", (uint64_t)attack);
    guest_report("data", (uint64_t)root_stacks);
}

int64_t guest_main(uint64_t argument)
{
    struct root_thread made = prepare();
    uint64_t before = state();

    (void)argument;
    guest_checkpoint("before");
    root_thread_run(made, attack, 0);
    task_sleep(50);
    guest_report("done", is_done);
    guest_report("unchanged", before == state());
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        guest_report("error", errors[i]);
    }
    fault_all();
    guest_checkpoint("after");
    return 0;
}
