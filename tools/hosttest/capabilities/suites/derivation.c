/**
 * @file
 * Suite "derivation": the root task makes objects of all kinds, derives, maps, hands on, deletes
 * and revokes; other threads send and wait meanwhile.
 */
#include "abi/memory.h"
#include "arch/devices.h"
#include "arch/interrupt.h"
#include "capabilities/stage.h"
#include "harness.h"
#include "host/cpu.h"
#include "suites/act.h"
#include "suites/check.h"
#include "suites/places.h"
#include "suites/suites.h"
#include "task/sched.h"

#define MEMORY_BYTES (8u << 20)
#define UNTYPEDS 5u /* in the first fixed places */
#define UNTYPED_PAGES 96u
#define CAPS_MANY 220
#define PLACE_SPACE (PLACE_FIRST + UNTYPEDS)

static int count_caps(void)
{
    int count = 0;

    for (int i = 0; i < model.cap_count; i++) {
        count += model.caps[i].slot != NULL;
    }
    return count;
}

static int count_threads(void)
{
    int count = 0;

    for (int i = 0; i < model.object_count; i++) {
        count += model_is_thread(i);
    }
    return count;
}

static uint64_t random_object(void)
{
    switch (random_below(12)) {
    case 0:
        return OBJECT(OBJECT_UNTYPED, 1 + random_below(40));
    case 1:
    case 2:
    case 3:
        return OBJECT(OBJECT_CNODE, random_below(14));
    case 4:
    case 5:
        return OBJECT(OBJECT_THREAD, 0);
    case 6:
        return OBJECT(OBJECT_SPACE, 3 + random_below(7));
    case 7:
    case 8:
        return OBJECT(OBJECT_FRAME, random_below(10));
    case 9:
        return OBJECT(OBJECT_NOTIFICATION, 0);
    case 10:
        return random_chance(20) ? random_wild() : OBJECT(OBJECT_ENDPOINT, random_below(10) == 0);
    default:
        return OBJECT(OBJECT_ENDPOINT, 0);
    }
}

static void retype(void)
{
    uint64_t untyped =
        random_chance(60) ? PLACE_FIRST + random_below(UNTYPEDS) : act_pick(OBJECT_UNTYPED);
    uint64_t object = random_object(), to = act_pick_empty();

    if (count_threads() > 8 && (object & 0xFF) == OBJECT_THREAD) {
        return;
    }
    act_retype(untyped, object, to);
    if ((object & 0xFF) == OBJECT_THREAD && act_last() == ERROR_NONE) {
        act_call(CALL_THREAD_SET_PRIORITY, to, random_below(30), 0, 0);
    }
}

static uint64_t random_part(void)
{
    if (random_chance(60)) {
        return 0;
    }
    return random_chance(90) ? FRAME_PART(random_below(6), random_below(6)) : random_wild();
}

static void copy(void)
{
    static const enum object_kind kinds[] = {OBJECT_CNODE,        OBJECT_THREAD,   OBJECT_SPACE,
                                             OBJECT_FRAME,        OBJECT_ENDPOINT, OBJECT_FRAME,
                                             OBJECT_NOTIFICATION, OBJECT_UNTYPED};
    uint64_t from = act_pick(kinds[random_below(8)]);

    act_call(CALL_SLOT_COPY, act_pick_empty(), random_chance(3) ? ROOT_SLOT_PORTS : from,
             random_chance(50) ? RIGHTS_ALL : random_below(12), random_part());
}

static uint64_t random_address(void)
{
    static const uint64_t borders[] = {0x400000,
                                       0x7FF000,
                                       0x40000000 - 0x2000,
                                       0x1000,
                                       MEMORY_END - 0x3000,
                                       0x8000000000 - 0x1000};

    return random_chance(95) ? borders[random_below(6)] + random_below(8) * 0x1000 : random_wild();
}

static void map(void)
{
    static const uint8_t rights[] = {1, 3, 5, 3, 1, 3, 0, 7, 6};

    uint64_t frame = act_pick(OBJECT_FRAME), address = random_address();
    uint64_t space = random_chance(10) ? ROOT_SLOT_SPACE : act_pick(OBJECT_SPACE);

    act_call(CALL_FRAME_MAP, frame, space, address, rights[random_below(sizeof(rights))]);
    host_cpu_touch(address);
    if (random_chance(20)) {
        act_call(CALL_FRAME_MAP, frame, space, address, rights[random_below(sizeof(rights))]);
    }
}

/** A thread gets what it needs to run, or part of it. */
static void configure(void)
{
    uint64_t thread = act_pick(OBJECT_THREAD);
    uint64_t cspace = random_chance(50) ? ROOT_SLOT_CSPACE : act_pick(OBJECT_CNODE);

    act_call(CALL_THREAD_CONFIGURE, thread, random_chance(80) ? cspace : 0,
             random_chance(80) ? act_pick(OBJECT_SPACE) : 0,
             random_chance(90) ? act_pick(OBJECT_FRAME) : 0);
    if (random_chance(70)) {
        act_call(CALL_THREAD_START, thread, 0x400000, 0x500000, 7);
    }
}

static void handle_thread(void)
{
    static const uint8_t calls[] = {CALL_THREAD_START, CALL_THREAD_STOP, CALL_THREAD_RESUME,
                                    CALL_THREAD_READ};
    enum call_number call = calls[random_below(4)];
    uint64_t thread = act_pick(OBJECT_THREAD);
    int cap = model_find(model.current, thread, OBJECT_THREAD);

    if (cap == MODEL_NOBODY || model.caps[cap].object != model.root) {
        act_call(call, thread, call == CALL_THREAD_START ? 0x400000 : 0, 0x500000, 7);
    }
}

/** The address of a line's capability: one that can end, or the root task's own. */
static uint64_t random_line(unsigned line)
{
    return random_chance(50) ? act_pick(OBJECT_IRQ) : ROOT_SLOT_IRQ + line;
}

static void handle_line(void)
{
    unsigned line = 1 + (unsigned)random_below(INTERRUPT_LINES - 1);

    if (line == INTERRUPT_CASCADE) {
        return;
    }
    switch (random_below(8)) {
    case 0:
    case 1:
    case 2:
        act_bind_line(random_line(line), act_pick_own(OBJECT_NOTIFICATION));
        break;
    case 3:
        act_call(CALL_SLOT_COPY, act_pick_empty(), random_line(line), RIGHTS_ALL, 0);
        break;
    case 4:
        act_call(CALL_SLOT_MOVE, act_pick_empty(), random_line(line), 0, 0);
        break;
    case 5:
        act_end(act_pick(OBJECT_IRQ), random_chance(20));
        break;
    default:
        act_interrupt(line);
    }
}

/** An address space ends, and another one begins in the same place: what was mapped in the first
 * one is not mapped in this one. */
static void replace_space(void)
{
    act_end(PLACE_FIRST + UNTYPEDS - 1, true);
    act_retype(PLACE_FIRST + UNTYPEDS - 1, OBJECT(OBJECT_SPACE, 8), PLACE_SPACE);
    act_call(CALL_FRAME_MAP, act_pick(OBJECT_FRAME), PLACE_SPACE, random_address(), MEMORY_READ);
}

/** A thread that can do all that the root task can, but is less important. */
static void make_worker(void)
{
    uint64_t untyped = PLACE_FIRST + random_below(UNTYPEDS);
    uint64_t thread = act_pick_empty(), frame = act_pick_empty();

    if (count_threads() > 8) {
        return;
    }
    act_retype(untyped, OBJECT(OBJECT_FRAME, 1), frame);
    act_retype(untyped, OBJECT(OBJECT_THREAD, 0), thread);
    if (act_last() != ERROR_NONE) {
        return;
    }
    act_call(CALL_THREAD_SET_PRIORITY, thread, random_below(30), 0, 0);
    act_call(CALL_THREAD_CONFIGURE, thread, ROOT_SLOT_CSPACE, ROOT_SLOT_SPACE, frame);
    act_call(CALL_THREAD_START, thread, 0x400000, 0x500000, 7);
}

/** Something ends; what the others are made of only when there is much. */
static void end_something(bool is_much)
{
    if (is_much && random_chance(70)) {
        act_end(PLACE_FIRST + random_below(UNTYPEDS), true);
    } else {
        act_end(act_pick(random_chance(25) ? OBJECT_ENDPOINT : 0), random_chance(50));
    }
}

static void act_as_root(void)
{
    uint64_t choice = random_below(100);

    if (count_caps() > CAPS_MANY) {
        end_something(true);
    } else if (random_chance(3)) {
        make_worker();
    } else if (random_chance(2)) {
        replace_space();
    } else if (choice < 24) {
        retype();
    } else if (choice < 40) {
        copy();
    } else if (choice < 46) {
        act_call(CALL_SLOT_MOVE, act_pick_empty(), act_pick(0), 0, 0);
    } else if (choice < 55) {
        map();
    } else if (choice < 58) {
        act_call(CALL_FRAME_UNMAP, act_pick(OBJECT_FRAME), 0, 0, 0);
    } else if (choice < 66) {
        configure();
    } else if (choice < 69) {
        handle_thread();
    } else if (choice < 73) {
        handle_line();
    } else if (choice < 77) {
        act_call(CALL_SLOT_READ, act_pick(0), random_below(4), 0, 0);
    } else if (choice < 79) {
        act_message();
    } else if (choice < 90) {
        act_call(CALL_TASK_SLEEP, random_below(4), 0, 0, 0);
    } else {
        end_something(random_chance(5));
    }
}

static void act_as_other(void)
{
    if (random_chance(85)) {
        act_message();
    } else if (random_chance(60)) {
        act_call(CALL_SLOT_COPY, act_pick_empty(), act_pick(0), RIGHTS_ALL, 0);
    } else {
        act_call(random_chance(20) ? CALL_TASK_EXIT : CALL_TASK_SLEEP, random_below(3), 0, 0, 0);
    }
}

/** Runs the suite. */
void derivation_run(unsigned steps)
{
    stage_boot(MEMORY_BYTES);
    check_learn();
    for (uint64_t i = 0; i < UNTYPEDS; i++) {
        act_retype(ROOT_SLOT_UNTYPED, OBJECT(OBJECT_UNTYPED, UNTYPED_PAGES), PLACE_FIRST + i);
    }
    while (steps-- > 0) {
        if (model.current == MODEL_NOBODY || random_chance(3)) {
            act_tick();
        } else if (model.current == model.root) {
            act_as_root();
        } else {
            act_as_other();
        }
    }
}
