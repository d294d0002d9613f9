/**
 * @file
 * The model's threads: how they come to run, wait, and end.
 */
#include "models/system.h"
#include "abi/fault.h"

#include <stddef.h>

#include "abi/call.h"
#include "models/inside.h"
#include "task/sched.h"

struct model model;

/** Begins with the idle thread alone. */
void model_start(void)
{
    model = (struct model){.current = 0};
    for (int i = 0; i < (int)THREAD_LIMIT; i++) {
        model.threads[i].bound = MODEL_NOBODY;
        model.threads[i].joiner = MODEL_NOBODY;
    }
    model.threads[0].state = THREAD_RUNNING;
    model.threads[0].id = THREAD_LIMIT;
}

/** @return the current thread */
struct model_thread *model_current(void)
{
    return &model.threads[model.current];
}

static void set_state(int number, enum thread_state state)
{
    model.threads[number].state = state;
    model.threads[number].since = ++model.moment;
}

/** Makes a thread ready, behind all others. */
void model_make_ready(int number)
{
    set_state(number, THREAD_READY);
}

/** @return the registers that hold a thread's message */
struct model_registers *model_message(int number)
{
    struct model_thread *thread = &model.threads[number];

    return thread->is_faulting ? &thread->fault : &thread->registers;
}

/** Ends a thread's wait. */
void model_wake(int number)
{
    model.threads[number].deadline = 0;
    model_forget_caller(number);
    model_make_ready(number);
}

/** Ends a thread's wait with an error. */
void model_cancel(int number, enum error error)
{
    model_message(number)->rax = error;
    model_message(number)->rdx = 0;
    model_wake(number);
}

/** @return of the threads in one of two states at an object the one who came first */
int model_first(enum thread_state one, enum thread_state other, int object)
{
    int first = MODEL_NOBODY;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        const struct model_thread *thread = &model.threads[i];
        bool waits = (thread->state == one || thread->state == other) && thread->object == object;

        if (waits && (first == MODEL_NOBODY || thread->since < model.threads[first].since)) {
            first = i;
        }
    }
    return first;
}

/** Lets a timeout run from now on. */
void model_set_deadline(struct model_thread *thread, uint64_t timeout)
{
    uint64_t next = model.ticks + 1;

    if (timeout != TIMEOUT_INFINITE) {
        thread->deadline = timeout > UINT64_MAX - next ? UINT64_MAX : next + timeout;
        thread->deadline_since = ++model.moment;
    }
}

/** The current thread waits at an object. */
void model_wait(enum thread_state state, int object, uint64_t timeout)
{
    model_current()->object = object;
    set_state(model.current, state);
    model_set_deadline(model_current(), timeout);
}

/** A new thread, NEW. @return its number: the lowest that is free */
int model_make_thread(uint64_t pager)
{
    int number = 0;
    uint64_t last;

    while (model.threads[number].state != THREAD_UNUSED) {
        number++;
    }
    last = model.threads[number].id;
    model.threads[number] =
        (struct model_thread){.id = (last == 0 ? (uint64_t)number : last) + THREAD_LIMIT,
                              .pager = pager,
                              .bound = MODEL_NOBODY,
                              .joiner = MODEL_NOBODY};
    set_state(number, THREAD_NEW);
    return number;
}

static bool is_alive(uint64_t id)
{
    const struct model_thread *thread = &model.threads[id % THREAD_LIMIT];

    return thread->id == id && thread->state != THREAD_UNUSED && thread->state != THREAD_ENDED;
}

/** What a thread has made and nobody has started or joined goes with it. */
static void leave_made(uint64_t pager)
{
    for (int i = 0; i < (int)THREAD_LIMIT; i++) {
        struct model_thread *made = &model.threads[i];

        if (made->pager != pager) {
            continue;
        }
        if (made->state == THREAD_NEW) {
            model_end(i, 0);
        }
        if (made->state == THREAD_ENDED) {
            made->state = THREAD_UNUSED;
        }
    }
}

/** Ends a thread. */
void model_end(int number, int64_t status)
{
    struct model_thread *thread = &model.threads[number];

    thread->state = THREAD_ENDED;
    thread->exit_status = status;
    leave_made(thread->id);
    for (uint64_t i = 0; i < SLOT_LIMIT; i++) {
        model_empty_slot(number, i);
    }
    thread->bound = MODEL_NOBODY;
    if (thread->joiner != MODEL_NOBODY) {
        model.threads[thread->joiner].registers.rax = ERROR_NONE;
        model.threads[thread->joiner].registers.rdx = (uint64_t)status;
        model_make_ready(thread->joiner);
        thread->state = THREAD_UNUSED;
    } else if (!is_alive(thread->pager)) {
        thread->state = THREAD_UNUSED;
    }
}

/** The current thread's pager has answered its fault: it goes on, or ends. */
static void finish_fault(void)
{
    struct model_thread *thread = model_current();

    thread->is_faulting = false;
    if (thread->fault.rax != ERROR_NONE || thread->fault.rsi >> MESSAGE_LABEL_SHIFT != 0) {
        model_end(model.current, -1);
        model_leave();
    }
}

/** @return the thread that has been ready for longest */
static int next_ready(void)
{
    int next = MODEL_NOBODY;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        const struct model_thread *thread = &model.threads[i];

        if (thread->state == THREAD_READY &&
            (next == MODEL_NOBODY || thread->since < model.threads[next].since)) {
            next = i;
        }
    }
    return next;
}

/** Lets the next thread run if the current one may not go on. */
void model_leave(void)
{
    if (model.current == 0 || model_current()->state != THREAD_RUNNING) {
        int next = next_ready();

        model.threads[0].state = THREAD_READY;
        model.current = next == MODEL_NOBODY ? 0 : next;
        model_current()->state = THREAD_RUNNING;
        model_current()->quantum = SCHED_QUANTUM;
    }
    if (model_current()->is_faulting) {
        finish_fault();
    }
}

/** The first thread whose time has come: by its timeout, or as a sleeper. */
static int first_due(uint64_t now, bool is_sleeper)
{
    int first = MODEL_NOBODY;
    uint64_t first_time = 0, first_since = 0;

    for (int i = 1; i < (int)THREAD_LIMIT; i++) {
        const struct model_thread *thread = &model.threads[i];
        uint64_t time = is_sleeper ? thread->wake_tick : thread->deadline;
        uint64_t since = is_sleeper ? thread->since : thread->deadline_since;
        bool waits = is_sleeper ? thread->state == THREAD_SLEEPING : thread->deadline != 0;

        if (waits && time <= now &&
            (first == MODEL_NOBODY || time < first_time ||
             (time == first_time && since < first_since))) {
            first = i;
            first_time = time;
            first_since = since;
        }
    }
    return first;
}

/** A tick of the timer. */
void model_tick(void)
{
    uint64_t now = model.ticks + 1;
    int due;

    while ((due = first_due(now, false)) != MODEL_NOBODY) {
        model_cancel(due, ERROR_TIMEOUT);
    }
    model.ticks = now;
    while ((due = first_due(now, true)) != MODEL_NOBODY) {
        model_make_ready(due);
    }
    if (model_current()->quantum > 0) {
        model_current()->quantum--;
    }
    if (model_current()->quantum == 0 && model.current != 0 && next_ready() != MODEL_NOBODY) {
        model_make_ready(model.current);
    }
    model_leave();
}

/** A page fault of the current thread. */
void model_fault(uint64_t address, uint64_t access, uint64_t instruction)
{
    struct model_thread *thread = model_current();
    struct model_slot *slot;
    enum error error = model_find_slot(SLOT_FAULTS, MODEL_ENDPOINT, RIGHT_SEND, &slot);

    if (error == ERROR_NONE) {
        thread->is_faulting = true;
        thread->fault = (struct model_registers){.rsi = MESSAGE_FAULT | MESSAGE_FAULT_WORDS,
                                                 .words = {address, access, instruction}};
        error = model_send(slot->object, slot->badge, true, TIMEOUT_INFINITE);
    }
    if (error != ERROR_NONE) {
        thread->is_faulting = false;
        model_end(model.current, -1);
    }
    model_leave();
}

/** A system call of the current thread, with any arguments. */
void model_call(uint64_t call, const uint64_t arguments[4])
{
    struct model_registers *registers = &model_current()->registers;
    enum error error = ERROR_UNKNOWN_CALL;
    uint64_t value = 0;
    int caller = model.current;

    /* The result is there before anybody else runs; who waits gets another one later. */
    registers->rax = ERROR_NONE;
    registers->rdx = 0;
    if (model_serve_message(call, arguments, &error) ||
        model_serve_slots(call, arguments, &error) ||
        model_serve_task(call, arguments, &error, &value)) {
        if (error != ERROR_NONE || value != 0) {
            model.threads[caller].registers.rax = error;
            model.threads[caller].registers.rdx = value;
        }
    }
    model_leave();
}
