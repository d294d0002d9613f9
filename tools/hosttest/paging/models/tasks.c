/**
 * @file
 * The model's calls for tasks and time.
 */
#include "abi/call.h"
#include "abi/fault.h"
#include "abi/memory.h"
#include "arch/paging.h"
#include "models/inside.h"

static int lookup(uint64_t id)
{
    int number = (int)(id % THREAD_LIMIT);
    const struct model_thread *thread = &model.threads[number];

    return thread->state != THREAD_UNUSED && thread->id == id ? number : MODEL_NOBODY;
}

static void sleep_current(uint64_t milliseconds)
{
    uint64_t next = model.ticks + 1;

    if (milliseconds == 0) {
        model_make_ready(model.current);
        return;
    }
    model_current()->wake_tick =
        milliseconds > UINT64_MAX - next ? UINT64_MAX : next + milliseconds;
    model_wait(THREAD_SLEEPING, MODEL_NOBODY, TIMEOUT_INFINITE);
}

static enum error join(uint64_t id, uint64_t *value)
{
    int number = lookup(id);
    struct model_thread *thread;

    if (number == MODEL_NOBODY) {
        return ERROR_NO_THREAD;
    }
    thread = &model.threads[number];
    if (number == model.current || number == 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (thread->joiner != MODEL_NOBODY) {
        return ERROR_BUSY;
    }
    if (thread->state == THREAD_ENDED) {
        *value = (uint64_t)thread->exit_status;
        thread->state = THREAD_UNUSED;
        return ERROR_NONE;
    }
    thread->joiner = model.current;
    model_wait(THREAD_JOINING, MODEL_NOBODY, TIMEOUT_INFINITE);
    return ERROR_NONE;
}

static void give(int to, uint64_t number, struct model_slot content)
{
    content.badge = content.badge != 0 ? content.badge : model.threads[to].id;
    model_put_slot(to, number, content);
}

/** The only memory that a task has here is its IPC buffer. */
static enum error create(const uint64_t arguments[4], uint64_t *value)
{
    uint64_t name = arguments[0], length = arguments[1];
    struct model_slot *pager;
    enum error error;
    int made;

    if (length == 0 || length >= THREAD_NAME_SIZE) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (name < MEMORY_BUFFER || name > MEMORY_BUFFER + PAGE_SIZE - length) {
        return ERROR_BAD_ADDRESS;
    }
    if (!model_can_copy(model.current, arguments[2])) {
        return ERROR_BAD_SLOT;
    }
    error = model_find_slot(arguments[3], MODEL_ENDPOINT, RIGHT_SEND, &pager);
    if (error != ERROR_NONE) {
        return error;
    }
    made = model_make_thread(model_current()->id);
    give(made, SLOT_GIVEN, model_current()->slots[arguments[2]]);
    give(made, SLOT_FAULTS, model_current()->slots[arguments[3]]);
    *value = model.threads[made].id;
    return ERROR_NONE;
}

/** The task itself, or one that it has made. */
static enum error find_own(uint64_t id, int *found)
{
    *found = id == 0 ? model.current : lookup(id);
    if (*found == MODEL_NOBODY || model.threads[*found].state == THREAD_ENDED) {
        return ERROR_NO_THREAD;
    }
    return *found == model.current || model.threads[*found].pager == model_current()->id
               ? ERROR_NONE
               : ERROR_NO_RIGHT;
}

static enum error run(uint64_t id, uint64_t entry, uint64_t stack, uint64_t argument)
{
    int number;
    enum error error = find_own(id, &number);

    if (error != ERROR_NONE) {
        return error;
    }
    if (entry < MEMORY_START || entry >= MEMORY_END || stack < MEMORY_START || stack > MEMORY_END ||
        stack % 16 != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (model.threads[number].state != THREAD_NEW) {
        return ERROR_BUSY;
    }
    model.threads[number].registers =
        (struct model_registers){.rdi = argument, .rsi = MEMORY_BUFFER};
    model_make_ready(number);
    return ERROR_NONE;
}

static enum error kill(uint64_t id, int64_t status)
{
    int number;
    enum error error = find_own(id, &number);

    if (error != ERROR_NONE) {
        return error;
    }
    if (number == model.current) {
        return ERROR_INVALID_ARGUMENT;
    }
    model.threads[number].deadline = 0;
    model_forget_caller(number);
    for (int i = 0; i < (int)THREAD_LIMIT; i++) {
        if (model.threads[i].joiner == number) {
            model.threads[i].joiner = MODEL_NOBODY;
        }
    }
    model_end(number, status);
    return ERROR_NONE;
}

/** Serves the calls for tasks. @return whether it is one of these */
bool model_serve_task(uint64_t call, const uint64_t arguments[4], enum error *error,
                      uint64_t *value)
{
    *error = ERROR_NONE;
    switch (call) {
    case CALL_TASK_EXIT:
        model_end(model.current, (int64_t)arguments[0]);
        return true;
    case CALL_TASK_YIELD:
        model_make_ready(model.current);
        return true;
    case CALL_TASK_SLEEP:
        sleep_current(arguments[0]);
        return true;
    case CALL_TASK_SELF:
        *value = model_current()->id;
        return true;
    case CALL_TASK_JOIN:
        *error = join(arguments[0], value);
        return true;
    case CALL_TASK_CREATE:
        *error = create(arguments, value);
        return true;
    case CALL_TASK_RUN:
        *error = run(arguments[0], arguments[1], arguments[2], arguments[3]);
        return true;
    case CALL_TASK_KILL:
        *error = kill(arguments[0], (int64_t)arguments[1]);
        return true;
    default:
        return false;
    }
}
