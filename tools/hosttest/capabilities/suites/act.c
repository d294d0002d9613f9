/**
 * @file
 * What the current thread does, in the kernel and in the model; after each step both are compared.
 */
#include "suites/act.h"

#include <string.h>

#include "arch/interrupt.h"
#include "arch/paging.h"
#include "cap/cap.h"
#include "capabilities/stage.h"
#include "harness.h"
#include "host/machine.h"
#include "models/calls.h"
#include "object/object.h"
#include "suites/check.h"
#include "suites/places.h"
#include "task/sched.h"

#define STEPS_MOST 100000u /* no call takes so many */

static enum error last_error;

/** @return what the last call was refused with */
enum error act_last(void)
{
    return last_error;
}

/** Memory of objects that are gone: nobody touches it, nor relies on what is in it. */
static void bury_dead(void)
{
    for (int i = 0; i < model.dead_count; i++) {
        const struct model_object *object = &model.objects[model.dead[i]];

        host_memory_allow(object->start, object->bytes, true);
        memset(paging_window(object->start), 0xDE, object->bytes);
        host_memory_allow(object->start, object->bytes, false);
    }
    model.dead_count = 0;
}

/** Compares everything. */
static void finish_step(int64_t since)
{
    check_learn_order(since);
    check_settle();
    check_tree(NULL);
    check_objects();
    check_threads();
    bury_dead();
    model.relieved = MODEL_NOBODY;
}

static void fill_registers(uint64_t call, const uint64_t arguments[4])
{
    struct context *context = &sched.current->context;

    context->rax = call;
    context->rdi = arguments[0];
    context->rsi = arguments[1];
    context->rdx = arguments[2];
    context->r10 = arguments[3];
    model_thread(model.current)->has_result = false;
}

/** A call's result, if the caller is still there and has not begun to wait. */
static void check_result(int caller, enum error error, uint64_t value)
{
    const struct thread *thread = model_memory(caller);
    enum thread_state state = model_thread(caller)->state;

    last_error = error;
    if (!model_is_thread(caller) || state == THREAD_ENDED ||
        (state >= THREAD_SENDING && error == ERROR_NONE)) {
        return;
    }
    expect_equal(thread->context.rax, error, "the call's error");
    if (state == THREAD_RUNNING && value != 0) {
        expect_equal(thread->context.rdx, value, "the call's value");
    }
}

/** Makes a call that takes one step. */
void act_call(enum call_number call, uint64_t first, uint64_t second, uint64_t third,
              uint64_t fourth)
{
    uint64_t arguments[4] = {first, second, third, fourth};
    uint64_t value = 0;
    int64_t since = model.back;
    int caller = model.current;
    enum error error;

    step_begin("thread %d: call %d(%#lx, %#lx, %#lx, %#lx)", caller, call, first, second, third,
               fourth);
    fill_registers(call, arguments);
    error = model_serve(call, arguments, &value);
    EXPECT(host_call(call, arguments), "there is no call %d", call);
    check_result(caller, error, value);
    finish_step(since);
}

/** Makes a call that may take many steps, which end between two of them now and then. */
static void call_to_the_end(enum call_number call, uint64_t first, uint64_t second, uint64_t third,
                            const bool *doomed)
{
    struct context *context = &sched.current->context;
    uint64_t rip = context->rip;

    for (unsigned i = 0; i < STEPS_MOST; i++) {
        uint64_t arguments[4] = {first, second, third, 0};

        fill_registers(call, arguments);
        EXPECT(host_call(call, arguments), "there is no call %d", call);
        if (context->rip == rip) {
            return;
        }
        EXPECT(context->rip == rip - 2 && context->rax == call, "the call is not made anew");
        context->rip = rip;
        first = context->rdi;
        third = context->rdx;
        check_tree(doomed);
    }
    fail("the call has no end");
}

/** Makes an object. */
void act_retype(uint64_t untyped, uint64_t object, uint64_t to)
{
    static const bool none[MODEL_CAPS];
    int64_t since = model.back;
    int caller = model.current;
    enum error error;
    struct slot *made;

    step_begin("thread %d: retype %#lx as kind %lu, size %lu to %#lx", caller, untyped,
               object & 0xFF, object >> 8, to);
    call_to_the_end(CALL_UNTYPED_RETYPE, untyped, object, to, none);
    error = model_retype(untyped, object, to);
    check_result(caller, error, 0);
    finish_step(since);
    if (error == ERROR_NONE && (object & 0xFF) == OBJECT_FRAME) {
        uint8_t *memory;

        model_locate(caller, to, &made);
        memory = paging_window(made->start);
        for (size_t i = 0; i < made->pages * (size_t)PAGE_SIZE; i++) {
            EXPECT(memory[i] == 0, "byte %zu of a new frame is not 0", i);
        }
        memset(memory, 0x5A, made->pages * (size_t)PAGE_SIZE);
    }
}

/** Whether it would be the root task's end, or of the slot that is to stay. */
static bool is_too_much(const bool *doomed, int stays)
{
    const size_t parts[] = {offsetof(struct thread, cspace), offsetof(struct thread, space),
                            offsetof(struct thread, frame)};
    bool alive = false;

    for (int i = 0; i < 3; i++) {
        if (doomed[model_part(model.root, parts[i])]) {
            return true;
        }
    }
    for (int i = 0; i < model.cap_count; i++) {
        alive |= model.caps[i].slot != NULL && model.caps[i].object == model.root && !doomed[i];
    }
    return !alive || (stays != MODEL_NOBODY && doomed[stays]);
}

/** Takes single steps, and looks at the tree after each. */
static void step_to_the_end(struct slot *slot, bool is_revoke, const bool *doomed)
{
    for (unsigned i = 0; i < STEPS_MOST; i++) {
        if (is_revoke ? cap_revoke_step(slot) : cap_delete_step(slot)) {
            stage_settle();
            return;
        }
        check_tree(doomed);
    }
    fail("the steps have no end");
}

/** What stands in a slot, or comes from it, goes. @return false if it must not be tried */
bool act_end(uint64_t address, bool is_revoke)
{
    bool doomed[MODEL_CAPS] = {false};
    struct slot *slot = NULL;
    bool is_there = model_locate(model.current, address, &slot) == ERROR_NONE;
    int cap = is_there ? model_cap_at(slot) : MODEL_NOBODY;
    int caller = is_there && cap == MODEL_NOBODY ? model_caller(slot) : MODEL_NOBODY;
    enum error error = cap == MODEL_NOBODY && caller == MODEL_NOBODY ? ERROR_BAD_SLOT : ERROR_NONE;
    int64_t since = model.back;
    bool by_hand = error == ERROR_NONE && random_chance(50);

    for (int i = 0; cap != MODEL_NOBODY && i < model.cap_count; i++) {
        doomed[i] = model.caps[i].slot != NULL && (i == cap) != is_revoke &&
                    model_is_below(i, cap) && (is_revoke || i == cap);
    }
    model_doom(doomed);
    if (is_too_much(doomed, is_revoke ? cap : MODEL_NOBODY)) {
        return false;
    }
    step_begin("thread %d: %s %#lx, capability %d%s", model.current,
               is_revoke ? "revoke" : "delete", address, cap, by_hand ? ", step by step" : "");
    if (by_hand) {
        model_thread(model.current)->has_result = false;
        step_to_the_end(slot, is_revoke, doomed);
    } else {
        call_to_the_end(is_revoke ? CALL_SLOT_REVOKE : CALL_SLOT_DELETE, address, 0, 0, doomed);
        check_result(model.current, error, 0);
    }
    if (cap != MODEL_NOBODY) {
        model_bury(doomed);
    } else if (caller != MODEL_NOBODY && !is_revoke) {
        model_wake(caller, ERROR_PEER_ENDED);
    }
    finish_step(since);
    return true;
}

/** irq_bind: where the line keeps its capability, the kernel alone knows. */
void act_bind_line(uint64_t irq, uint64_t notification)
{
    int line = model_find(model.current, irq, OBJECT_IRQ);
    int signalled = model_cap_at(model_slot(model.current, notification));
    uint64_t arguments[4] = {irq, notification, 0, 0};
    int64_t since = model.back;
    enum error error = ERROR_NONE;

    if (line == MODEL_NOBODY || signalled == MODEL_NOBODY ||
        model.caps[signalled].kind != OBJECT_NOTIFICATION) {
        error = ERROR_BAD_SLOT;
    } else if ((model.caps[signalled].rights & RIGHT_SEND) == 0) {
        error = ERROR_NO_RIGHT;
    } else if (model_cap_at(model.lines[model.caps[line].start]) != MODEL_NOBODY) {
        error = ERROR_BUSY;
    }
    step_begin("thread %d: irq_bind(%#lx, %#lx)", model.current, irq, notification);
    fill_registers(CALL_IRQ_BIND, arguments);
    host_call(CALL_IRQ_BIND, arguments);
    check_result(model.current, error, 0);
    if (error == ERROR_NONE) {
        model.lines[model.caps[line].start] = model.caps[signalled].slot->child;
        model_derive(model.caps[signalled].slot->child, model.caps[signalled], signalled);
        EXPECT(stage_line_is_open[model.caps[line].start], "a bound line is held back");
    }
    finish_step(since);
}

/** A device interrupts, if it may. */
void act_interrupt(unsigned line)
{
    int bound = model_cap_at(model.lines[line]);
    int64_t since = model.back;

    if (!stage_line_is_open[line]) {
        return;
    }
    step_begin("interrupt %u", line);
    host_interrupt(line);
    EXPECT(!stage_line_is_open[line], "a line that has interrupted is not held back");
    if (bound != MODEL_NOBODY) {
        model_signal(model.caps[bound].object, model.caps[bound].badge);
    }
    finish_step(since);
}

/** Ends waits whose time has come, sleeps among them. */
static void wake_due(void)
{
    for (int i = 0; i < model.object_count; i++) {
        struct model_thread *thread = model_is_thread(i) ? model_thread(i) : NULL;

        if (thread == NULL) {
            continue;
        }
        if (thread->deadline != 0 && thread->deadline <= model.ticks) {
            model_wake(i, thread->state == THREAD_SLEEPING ? ERROR_NONE : ERROR_TIMEOUT);
        }
    }
}

/** Uses the current thread's quantum up. */
static void charge(void)
{
    struct model_thread *thread = model_thread(model.current);
    const struct thread *kernel = model_memory(model.current);

    thread->quantum -= thread->quantum > 0;
    if (thread->quantum == 0 && kernel->state == THREAD_READY && kernel->queue->last == kernel) {
        model_make_ready(model.current); /* its turn is over */
    } else if (thread->quantum == 0 && kernel->state == THREAD_RUNNING) {
        EXPECT(sched.ready[sched_level(kernel)].first == NULL,
               "thread %d has used up its quantum, and others wait", model.current);
    }
}

/** The timer ticks. */
void act_tick(void)
{
    int64_t since = model.back;

    step_begin("tick %lu", model.ticks + 1);
    host_tick();
    model.ticks++;
    model.granted = 0;
    wake_due();
    if (model.current != MODEL_NOBODY) {
        charge();
    }
    finish_step(since);
}

/** @return the address of a capability's slot as the current thread knows it; else one of none */
uint64_t act_address(int cap)
{
    const struct cnode *own = NULL;
    int part = model_part(model.current, offsetof(struct thread, cspace));

    if (cap == MODEL_NOBODY || part == MODEL_NOBODY) {
        return 0;
    }
    own = model_memory(model.caps[part].object);
    if (model.caps[cap].slot >= own->slots && model.caps[cap].slot < own->slots + own->count) {
        return (uint64_t)(model.caps[cap].slot - own->slots);
    }
    for (int i = 0; i < model.cap_count; i++) {
        const struct model_cap *at = &model.caps[i];
        const struct cnode *cnode;

        if (at->slot == NULL || at->kind != OBJECT_CNODE || at->slot < own->slots ||
            at->slot >= own->slots + own->count) {
            continue;
        }
        cnode = model_memory(at->object);
        if (model.caps[cap].slot >= cnode->slots &&
            model.caps[cap].slot < cnode->slots + cnode->count) {
            return SLOT_IN((uint64_t)(at->slot - own->slots),
                           (uint64_t)(model.caps[cap].slot - cnode->slots));
        }
    }
    return 0;
}

/** @return whether suites may use a capability: the root task's own things are left alone */
static bool is_toy(const struct model_cap *cap)
{
    return cap->slot != NULL && model_slot(model.root, PLACE_FIRST) <= cap->slot &&
           cap->slot < model_slot(model.root, PLACE_END);
}

/** @return the address of a capability of a kind, any if it is 0; sometimes of none */
uint64_t act_pick(enum object_kind kind)
{
    int from = (int)random_below((uint64_t)model.cap_count);

    if (random_chance(3)) {
        return random_chance(50) ? random_wild() : PLACE_FIRST + random_below(PLACE_COUNT);
    }
    for (int i = 0; i < model.cap_count; i++) {
        int number = (from + i) % model.cap_count;
        const struct model_cap *cap = &model.caps[number];
        uint64_t address = 0;

        if (cap->slot != NULL && (kind == 0 || cap->kind == kind)) {
            address = act_address(number);
        }
        if (address != 0 && (address >> 32 != 0 || is_toy(cap) || model.current != model.root)) {
            return address;
        }
    }
    return PLACE_FIRST;
}

/** @return the number of an own slot with a capability of a kind */
uint64_t act_pick_own(enum object_kind kind)
{
    for (int i = 0; i < 20; i++) {
        uint64_t address = act_pick(kind);

        if (address >> 32 == 0) {
            return address;
        }
    }
    return PLACE_FIRST;
}

/** @return the address of a slot that is empty, most of the time */
uint64_t act_pick_empty(void)
{
    uint64_t place = PLACE_FIRST + PLACE_FIXED + random_below(PLACE_COUNT - PLACE_FIXED);

    if (random_chance(40)) {
        uint64_t cnode = act_pick_own(OBJECT_CNODE);
        int cap = model_find(model.current, cnode, OBJECT_CNODE);

        if (cap != MODEL_NOBODY) {
            return SLOT_IN(cnode, random_below(model.objects[model.caps[cap].object].count + 1));
        }
    }
    return random_chance(3) ? random_wild() : place;
}

static uint64_t random_timeout(void)
{
    return random_chance(10) ? TIMEOUT_NONE : 1 + random_below(20);
}

static uint64_t random_info(void)
{
    uint64_t *buffer = sched.current->buffer;

    buffer[MESSAGE_RECEIVE_SLOT_WORD] =
        random_chance(95) ? PLACE_FIRST + PLACE_FIXED + random_below(PLACE_COUNT) : random_wild();
    if (random_chance(50)) {
        buffer[MESSAGE_RECEIVE_SLOT_WORD] = random_below(8);
    }
    buffer[MESSAGE_WITHHELD_WORD] = random_chance(60) ? 0 : random_below(16);
    return random_chance(40)
               ? MESSAGE_TRANSFER | (act_pick_own(0) & MESSAGE_SLOT_MASK) << MESSAGE_SLOT_SHIFT
               : 0;
}

/** A random slot of the current thread that holds a saved caller; 0, the last one, if none does. */
static uint64_t pick_saved(void)
{
    uint64_t saved = 0;

    for (uint64_t i = 0; i < PLACE_COUNT && random_chance(99); i++) {
        const struct slot *slot = model_slot(model.current, PLACE_FIRST + i);

        if (slot != NULL && model_caller(slot) != MODEL_NOBODY) {
            saved = PLACE_FIRST + i;
        }
    }
    return saved;
}

/** The current thread sends, receives, answers, signals or waits. */
void act_message(void)
{
    static const uint8_t calls[] = {
        CALL_IPC_CALL,          CALL_IPC_CALL,         CALL_IPC_CALL,  CALL_IPC_SEND,
        CALL_IPC_RECV,          CALL_IPC_RECV,         CALL_IPC_REPLY, CALL_IPC_REPLY_RECV,
        CALL_IPC_REPLY_RECV,    CALL_REPLY_SAVE,       CALL_IPC_REPLY, CALL_NOTIFICATION_SIGNAL,
        CALL_NOTIFICATION_WAIT, CALL_NOTIFICATION_BIND};
    enum call_number call = calls[random_below(sizeof(calls))];

    switch (call) {
    case CALL_REPLY_SAVE:
        act_call(call, act_pick_empty(), 0, 0, 0);
        break;
    case CALL_NOTIFICATION_SIGNAL:
    case CALL_NOTIFICATION_BIND:
    case CALL_NOTIFICATION_WAIT:
        act_call(call, act_pick_own(OBJECT_NOTIFICATION), random_timeout(), 0, 0);
        break;
    case CALL_IPC_REPLY:
        act_call(call, pick_saved(), random_info(), 0, 0);
        break;
    default:
        act_call(call, act_pick_own(OBJECT_ENDPOINT), random_info(), random_timeout(), 0);
    }
}
