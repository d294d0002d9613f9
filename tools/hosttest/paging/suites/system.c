/**
 * @file
 * Suite "system": threads make random system calls, with good and with hostile arguments, time goes
 * by, and page faults come in between.
 */
#include "suites/suites.h"

#include <string.h>

#include "abi/memory.h"
#include "arch/user.h"
#include "harness.h"
#include "host/cpu.h"
#include "host/machine.h"
#include "ipc/slots.h"
#include "mm/frames.h"
#include "models/system.h"
#include "suites/compare.h"
#include "task/program.h"
#include "task/program_memory.h"
#include "task/sched.h"

#define MEMORY_BYTES (8u << 20)
#define ALIVE_MOST 12
#define ALIVE_LEAST 3
#define ALIVE_SPAWNED 6 /* up to so many, threads come from nowhere now and then */
#define ENDED_MOST 6
#define FRAMES_OF_A_TASK 5u /* four tables and its IPC buffer */

#define PAGE_FAULT_VECTOR 14u

static size_t frames_at_start;

static int count_threads(bool ended)
{
    int count = 0;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        enum thread_state state = model.threads[i].state;

        count += ended ? state == THREAD_ENDED : state != THREAD_ENDED && state != THREAD_UNUSED;
    }
    return count;
}

/** An endpoint that is new, or that somebody may receive from: no slot opens a closed one again. */
static int random_open_endpoint(void)
{
    int object = (int)random_below(3);

    while (model_is_named(MODEL_ENDPOINT, object) && !model_is_receivable(object)) {
        object++;
    }
    return object;
}

/** Lets a thread be the maker of others, which it can end: some may wait for ever. */
static void adopt(int maker)
{
    for (int i = 0; i < 4; i++) {
        int number = 1 + (int)random_below(ALIVE_MOST);

        if (model.threads[number].state != THREAD_UNUSED) {
            threads[number].pager = threads[maker].id;
            model.threads[number].pager = model.threads[maker].id;
        }
    }
}

/** Fills slots of a new thread, so that it shares objects with others. */
static void give_slots(int number)
{
    for (uint64_t slot = 3; slot < 10; slot++) {
        bool is_endpoint = random_chance(70);
        int object = is_endpoint ? random_open_endpoint() : (int)random_below(3);
        uint64_t rights = random_chance(30) ? 7 : random_chance(60) ? 5 : 1 + random_below(7);
        uint64_t badge = random_chance(50) ? 0 : random_next();
        struct slot content = {.badge = badge};

        if (is_endpoint) {
            content.allows = rights;
            content.endpoint = kernel_endpoint(object);
        } else {
            content.allows = rights << SLOT_NOTIFICATION_SHIFT;
            content.notification = kernel_notification(object);
        }
        expect_equal(slots_put(&threads[number], slot, content), ERROR_NONE, "slots_put()");
        model_put_slot(number, slot,
                       (struct model_slot){is_endpoint ? MODEL_ENDPOINT : MODEL_NOTIFICATION,
                                           object, rights, badge});
    }
}

/** Starts a thread from nowhere. */
static void spawn(void)
{
    struct thread *thread;
    int number = model_make_thread(0);

    step_begin("thread %d comes from nowhere", number);
    expect_equal(program_begin("spawned", NULL, &thread), ERROR_NONE, "program_begin()");
    EXPECT(thread == &threads[number], "program_begin() has not taken thread %d", number);
    context_init_user(&thread->context, MEMORY_START, MEMORY_END, 1, 2);
    model.threads[number].registers.rdi = 1;
    model.threads[number].registers.rsi = 2;
    give_slots(number);
    adopt(number);
    sched_make_ready(thread);
    model_make_ready(number);
}

/** Frees the names of threads that nobody will join. */
static void reap(void)
{
    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        if (model.threads[i].state == THREAD_ENDED) {
            thread_reclaim(&threads[i]);
            model.threads[i].state = THREAD_UNUSED;
        }
    }
}

/** A slot's number: most of the time one that holds something of a kind. */
static uint64_t random_slot(enum model_kind kind)
{
    uint64_t from = random_below(SLOT_LIMIT);

    if (random_chance(3)) {
        return random_wild();
    }
    if (random_chance(10)) {
        return random_below(14);
    }
    for (uint64_t i = 0; i < SLOT_LIMIT; i++) {
        uint64_t number = (from + i) % SLOT_LIMIT;

        if (model_current()->slots[number].kind == kind) {
            return number;
        }
    }
    return random_below(14);
}

static uint64_t random_object_slot(void)
{
    return random_slot(random_chance(70) ? MODEL_ENDPOINT : MODEL_NOTIFICATION);
}

static uint64_t random_info(void)
{
    uint64_t info = random_below(12) | (random_chance(30) ? random_next() << 32 : 0);

    if (random_chance(5)) {
        return random_wild();
    }
    if (random_chance(25)) {
        info = (info & ~MESSAGE_LENGTH_MASK) | MESSAGE_BUFFER | random_below(520);
    }
    if (random_chance(25)) {
        info |= MESSAGE_TRANSFER | (random_object_slot() & MESSAGE_SLOT_MASK) << MESSAGE_SLOT_SHIFT;
    }
    return info;
}

/** Seldom without end: with too many who wait for ever nothing would happen any more. */
static uint64_t random_timeout(void)
{
    switch (random_below(40)) {
    case 0:
        return TIMEOUT_INFINITE;
    case 1:
        return random_wild();
    case 2:
    case 3:
    case 4:
        return TIMEOUT_NONE;
    default:
        return 1 + random_below(12);
    }
}

/** The name of a task that the current one has made; 0 when there is none. */
static uint64_t random_own_task(void)
{
    uint64_t from = random_below(THREAD_LIMIT);

    for (uint64_t i = 0; i < THREAD_LIMIT; i++) {
        const struct model_thread *thread = &model.threads[(from + i) % THREAD_LIMIT];

        if (thread->state != THREAD_UNUSED && thread->pager == model_current()->id) {
            return thread->id;
        }
    }
    return 0;
}

/** The name of a thread, maybe of one that is gone. */
static uint64_t random_task(void)
{
    uint64_t id = model.threads[random_below(14)].id;

    if (random_chance(50)) {
        return random_own_task();
    }
    if (random_chance(3)) {
        return random_wild();
    }
    return random_chance(10) ? id + THREAD_LIMIT : id;
}

static uint64_t random_right(void)
{
    return random_chance(90) ? random_below(8) : random_wild();
}

/** Chooses what a message call's arguments are. */
static void choose_message(uint64_t call, uint64_t arguments[4])
{
    arguments[0] = random_slot(call == CALL_IPC_REPLY ? MODEL_CALLER : MODEL_ENDPOINT);
    arguments[1] = random_info();
    arguments[2] = random_timeout();
    arguments[3] = random_next();
}

static void choose_plain(uint64_t call, uint64_t arguments[4])
{
    switch (call) {
    case CALL_NOTIFICATION_WAIT:
        arguments[1] = random_timeout();
        /* fall through */
    case CALL_NOTIFICATION_SIGNAL:
    case CALL_NOTIFICATION_BIND:
        arguments[0] = random_slot(MODEL_NOTIFICATION);
        break;
    case CALL_ENDPOINT_CREATE:
    case CALL_NOTIFICATION_CREATE:
    case CALL_REPLY_SAVE:
        arguments[0] = random_slot(MODEL_NOTHING);
        break;
    case CALL_SLOT_COPY:
        arguments[0] = random_slot(MODEL_NOTHING);
        arguments[1] = random_object_slot();
        arguments[2] = random_right();
        arguments[3] = random_chance(50) ? 0 : random_next();
        break;
    case CALL_SLOT_DELETE:
        arguments[0] = random_below(12);
        break;
    case CALL_TASK_SLEEP:
        arguments[0] = random_chance(99) ? random_below(5) : random_wild();
        break;
    default:
        break;
    }
}

static void choose_task(uint64_t call, uint64_t arguments[4])
{
    if (call == CALL_TASK_CREATE) {
        arguments[0] = random_chance(90) ? MEMORY_BUFFER + random_below(4096) : random_wild();
        arguments[1] = random_below(18);
        arguments[2] = random_object_slot();
        arguments[3] = random_slot(MODEL_ENDPOINT);
    } else if (call == CALL_TASK_RUN) {
        arguments[0] = random_task();
        arguments[1] = random_chance(90) ? MEMORY_START + random_below(1 << 20) : random_wild();
        arguments[2] = random_chance(90) ? MEMORY_END - 16 * random_below(99) : random_wild();
    } else if (call == CALL_TASK_KILL || call == CALL_TASK_JOIN) {
        arguments[0] = random_task();
    }
}

/** Calls by how often they are made. */
static uint64_t random_call(void)
{
    static const uint8_t often[] = {
        CALL_IPC_CALL,   CALL_IPC_CALL,   CALL_IPC_CALL,          CALL_IPC_REPLY_RECV,
        CALL_IPC_RECV,   CALL_IPC_RECV,   CALL_IPC_RECV,          CALL_IPC_REPLY_RECV,
        CALL_IPC_SEND,   CALL_IPC_REPLY,  CALL_IPC_REPLY_RECV,    CALL_NOTIFICATION_SIGNAL,
        CALL_TASK_YIELD, CALL_TASK_SLEEP, CALL_REPLY_SAVE,        CALL_NOTIFICATION_WAIT,
        CALL_TASK_SLEEP, CALL_TASK_SLEEP, CALL_NOTIFICATION_BIND, CALL_NOTIFICATION_SIGNAL,
    };
    static const uint8_t seldom[] = {
        CALL_NOTIFICATION_BIND, CALL_ENDPOINT_CREATE,     CALL_SLOT_COPY,
        CALL_SLOT_DELETE,       CALL_NOTIFICATION_CREATE, CALL_TASK_SELF,
        CALL_TASK_JOIN,         CALL_TASK_CREATE,         CALL_TASK_RUN,
        CALL_TASK_RUN,          CALL_TASK_KILL,           CALL_SLOT_COPY,
    };

    if (random_chance(1)) {
        return CALL_TASK_EXIT;
    }
    if (random_chance(4) && random_own_task() != 0) {
        return random_chance(50) ? CALL_TASK_RUN : CALL_TASK_KILL;
    }
    if (random_chance(8) && model_current()->pager != 0) {
        return CALL_TASK_JOIN;
    }
    return random_chance(75) ? often[random_below(sizeof(often))]
                             : seldom[random_below(sizeof(seldom))];
}

/** Puts random words where the current thread's message stands, in the kernel and in the model. */
static void fill_registers(uint64_t call, const uint64_t arguments[4])
{
    struct context *context = &sched.current->context;
    struct model_registers *registers = &model_current()->registers;

    context->rax = call;
    context->rdi = arguments[0];
    context->rsi = arguments[1];
    context->rdx = arguments[2];
    context->r8 = random_next();
    context->r9 = random_next();
    context->r10 = arguments[3];
    context->r12 = random_next();
    context->r13 = random_next();
    context->r14 = random_next();
    context->r15 = random_next();
    context->rbx = random_next();
    *registers = (struct model_registers){call,
                                          arguments[0],
                                          arguments[1],
                                          arguments[2],
                                          {context->r8, context->r9, context->r10, context->r12,
                                           context->r13, context->r14, context->r15, context->rbx}};
}

/** The program writes into its IPC buffer. */
static void scribble(void)
{
    uint64_t *model_buffer = model_current()->buffer, *buffer = sched.current->buffer;

    model_buffer[MESSAGE_RECEIVE_SLOT_WORD] = random_slot(MODEL_NOTHING);
    for (int i = 0; i < 4; i++) {
        model_buffer[1 + random_below(MESSAGE_WORDS_MAX - 1)] = random_next();
    }
    memcpy(buffer, model_buffer, sizeof(model_current()->buffer));
}

static void call_something(void)
{
    uint64_t call = random_call();
    uint64_t arguments[4] = {random_next(), random_next(), random_next(), random_next()};

    if (call == CALL_TASK_CREATE && count_threads(false) >= ALIVE_MOST) {
        call = CALL_TASK_YIELD;
    }
    if (call >= CALL_IPC_CALL && call <= CALL_IPC_REPLY) {
        choose_message(call, arguments);
    }
    choose_plain(call, arguments);
    choose_task(call, arguments);
    if (random_chance(30)) {
        scribble();
    }
    fill_registers(call, arguments);
    step_begin("thread %d: call %lu(%#lx, %#lx, %#lx, %#lx)", model.current, call, arguments[0],
               arguments[1], arguments[2], arguments[3]);
    EXPECT(host_call(call, arguments), "there is no call %lu", call);
    model_call(call, arguments);
}

static void deliver_fault(struct context *saved)
{
    fault_deliver(saved);
}

static void fault_somewhere(void)
{
    struct context *context = &sched.current->context;

    host_cpu.cr2 = random_wild();
    context->vector = PAGE_FAULT_VECTOR;
    context->error = PAGE_FAULT_WRITE;
    context->rip = random_next();
    step_begin("thread %d: page fault at %#lx", model.current, host_cpu.cr2);
    model_fault(host_cpu.cr2, MEMORY_WRITE, context->rip);
    EXPECT(host_enter(deliver_fault), "fault_deliver() returns");
}

static void check_frames(void)
{
    size_t used = (size_t)count_threads(false) * FRAMES_OF_A_TASK;

    expect_equal(frames.free_count, frames_at_start - used, "free frames");
    expect_equal(host_cpu.cr3, sched.current->root, "the loaded address space");
}

static void take_step(void)
{
    if (count_threads(true) > ENDED_MOST) {
        reap();
    }
    if (count_threads(false) < ALIVE_LEAST ||
        (random_chance(1) && count_threads(false) < ALIVE_SPAWNED)) {
        spawn();
    } else if (model.current == 0 || random_chance(8)) {
        step_begin("tick %lu", model.ticks + 1);
        host_tick();
        model_tick();
    } else if (random_chance(2)) {
        fault_somewhere();
    } else {
        call_something();
    }
    compare_all();
    check_frames();
}

/** When everybody waits for ever, nothing would happen any more. */
static void end_stillness(unsigned *ticks)
{
    *ticks = model.current == 0 ? *ticks + 1 : 0;
    if (*ticks > 40) {
        spawn();
        *ticks = 0;
    }
}

/** Runs the suite. */
void system_run(unsigned steps)
{
    unsigned still = 0;

    host_memory_start(MEMORY_BYTES);
    host_threads_start();
    compare_start();
    model_start();
    frames_at_start = frames.free_count;
    while (steps-- > 0) {
        end_stillness(&still);
        take_step();
    }
}
