/**
 * @file
 * Suite "levels": threads of different levels send, answer, sleep and stop each other. Who runs is
 * the most important one, and who works for another one is as important as that.
 */
#include "capabilities/stage.h"
#include "harness.h"
#include "suites/act.h"
#include "suites/check.h"
#include "suites/places.h"
#include "suites/suites.h"
#include "task/sched.h"

#define MEMORY_BYTES (4u << 20)
#define THREADS 9u
#define ENDPOINTS 4u
#define NOTIFICATIONS 2u
#define PLACE_ENDPOINTS (PLACE_FIRST + PLACE_FIXED)
#define PLACE_NOTIFICATIONS (PLACE_ENDPOINTS + ENDPOINTS)
#define PLACE_THREADS (PLACE_NOTIFICATIONS + NOTIFICATIONS)
#define PLACE_BUFFERS (PLACE_THREADS + THREADS)

static void make(enum object_kind kind, uint64_t size, uint64_t to)
{
    act_retype(ROOT_SLOT_UNTYPED, OBJECT(kind, size), to);
    expect_equal(act_last(), ERROR_NONE, "making kind %d", kind);
}

static void make_threads(void)
{
    for (uint64_t i = 0; i < THREADS; i++) {
        make(OBJECT_THREAD, 0, PLACE_THREADS + i);
        make(OBJECT_FRAME, 1, PLACE_BUFFERS + i);
        act_call(CALL_THREAD_SET_PRIORITY, PLACE_THREADS + i, 1 + random_below(20), 0, 0);
        act_call(CALL_THREAD_CONFIGURE, PLACE_THREADS + i, ROOT_SLOT_CSPACE, ROOT_SLOT_SPACE,
                 PLACE_BUFFERS + i);
        act_call(CALL_THREAD_START, PLACE_THREADS + i, 0x400000, 0x500000, i);
        expect_equal(act_last(), ERROR_NONE, "starting thread %lu", i);
    }
}

static uint64_t random_timeout(void)
{
    return random_chance(8) ? TIMEOUT_NONE : 2 + random_below(40);
}

static void message(void)
{
    uint64_t endpoint = PLACE_ENDPOINTS + random_below(ENDPOINTS);
    uint64_t notification = PLACE_NOTIFICATIONS + random_below(NOTIFICATIONS);

    switch (random_below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
        act_call(CALL_IPC_CALL, endpoint, 0, random_timeout(), 0);
        break;
    case 4:
        act_call(CALL_IPC_SEND, endpoint, 0, random_timeout(), 0);
        break;
    case 5:
    case 6:
    case 7:
        act_call(CALL_IPC_RECV, endpoint, 0, random_timeout(), 0);
        break;
    case 8:
    case 9:
        act_call(CALL_IPC_REPLY_RECV, endpoint, 0, random_timeout(), 0);
        break;
    case 10:
        act_call(CALL_IPC_REPLY, random_chance(70) ? 0 : PLACE_END + random_below(4), 0, 0, 0);
        break;
    case 11:
        act_call(CALL_REPLY_SAVE, PLACE_END + random_below(4), 0, 0, 0);
        break;
    case 12:
        act_call(CALL_NOTIFICATION_WAIT, notification, random_timeout(), 0, 0);
        break;
    case 13:
        act_call(CALL_NOTIFICATION_BIND, notification, 0, 0, 0);
        break;
    default:
        act_call(CALL_NOTIFICATION_SIGNAL, notification, 0, 0, 0);
    }
}

static void handle_thread(void)
{
    uint64_t thread = PLACE_THREADS + random_below(THREADS);

    switch (random_below(5)) {
    case 0:
        act_call(CALL_THREAD_STOP, thread, 0, 0, 0);
        break;
    case 1:
        act_call(CALL_THREAD_SET_PRIORITY, thread, random_below(22), 0, 0);
        break;
    case 2:
        act_call(CALL_THREAD_START, thread, 0x400000, 0x500000, 0);
        break;
    default:
        act_call(CALL_THREAD_RESUME, thread, 0, 0, 0);
    }
}

/** The root task sees to it that there is always something going on. */
static void act_as_root(void)
{
    for (int i = 0; i < 3; i++) {
        handle_thread();
    }
    act_call(CALL_TASK_SLEEP, 1 + random_below(12), 0, 0, 0);
}

static void act_as_other(void)
{
    uint64_t choice = random_below(100);

    if (choice < 80) {
        message();
    } else if (choice < 86) {
        handle_thread();
    } else if (choice < 90) {
        act_call(CALL_TASK_YIELD, 0, 0, 0, 0);
    } else if (choice < 99) {
        act_call(CALL_TASK_SLEEP, random_below(5), 0, 0, 0);
    } else {
        act_call(CALL_TASK_EXIT, 0, 0, 0, 0);
    }
}

/** Runs the suite. */
void levels_run(unsigned steps)
{
    stage_boot(MEMORY_BYTES);
    check_learn();
    for (uint64_t i = 0; i < ENDPOINTS; i++) {
        make(OBJECT_ENDPOINT, 0, PLACE_ENDPOINTS + i);
    }
    for (uint64_t i = 0; i < NOTIFICATIONS; i++) {
        make(OBJECT_NOTIFICATION, 0, PLACE_FIRST + i);
        act_call(CALL_SLOT_COPY, PLACE_NOTIFICATIONS + i, PLACE_FIRST + i, RIGHTS_ALL, 1 + i);
    }
    make_threads();
    while (steps-- > 0) {
        if (model.current == MODEL_NOBODY || random_chance(15)) {
            act_tick();
        } else if (model.current == model.root) {
            act_as_root();
        } else {
            act_as_other();
        }
    }
}
