/**
 * @file
 * user/lib/manager_run.c on the host, with a VFS server that asks at random and a manager that
 * answers at random, at once or later: each request is answered once and as it should be, unless it
 * was cancelled.
 *
 *     manager SEED STEPS
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manager.h"
#include "notification.h"
#include "random.h"

#define CALLS 40u

/** A request, from the server's side. */
struct question {
    struct manager_call call;
    enum { FREE, QUEUED, FETCHED, CANCELLED, TOLD } state; /* told: that it is cancelled */
    bool is_handled;
    bool is_late; /* the manager has said that the answer comes later */
    int64_t result;
};

static struct question questions[CALLS];
static unsigned steps, answered, cancelled, late, refused;
static uint64_t last_tag;
static struct question *current; /* that is being handled */

static void expect(bool condition, const char *what, uint64_t tag)
{
    if (!condition) {
        fprintf(stderr, "request %lu: %s\n", tag, what);
        exit(1);
    }
}

static struct question *find(uint64_t tag)
{
    for (struct question *question = questions; question < questions + CALLS; question++) {
        if (question->state != FREE && question->call.tag == tag) {
            return question;
        }
    }
    return NULL;
}

/** @return a question in a state, one of several; NULL: there is none */
static struct question *pick(int state)
{
    unsigned first = (unsigned)random_below(CALLS);

    for (unsigned i = 0; i < CALLS; i++) {
        if ((int)questions[(first + i) % CALLS].state == state) {
            return &questions[(first + i) % CALLS];
        }
    }
    return NULL;
}

/** @return how many wait for a later answer, for all that the manager knows */
static unsigned count_late(void)
{
    unsigned count = 0;

    for (unsigned i = 0; i < CALLS; i++) {
        count += questions[i].state >= FETCHED && questions[i].is_late;
    }
    return count;
}

/* --- The VFS server. --- */

/** Somebody asks something, or gives up. */
static void happen(void)
{
    struct question *question = pick(random_below(4) == 0 ? FETCHED : FREE);

    if (question == NULL) {
        return;
    }
    if (question->state == FETCHED) {
        if (question->is_late) {
            question->state = CANCELLED;
            cancelled++;
        }
        return;
    }
    *question = (struct question){.state = QUEUED};
    question->call.tag = ++last_tag;
    question->call.request = (enum manager_request)(MANAGER_OPEN + random_below(5));
    question->call.handle = last_tag; /* so that the manager's functions know which it is */
    question->call.first =
        question->call.request == MANAGER_READ ? random_below(5000) : random_below(100);
    question->call.second = random_below(100);
}

/** Says whether a result has arrived as it was given. */
static bool is_as_given(const struct question *question, const struct manager_answer *answer)
{
    if (question->result < 0) {
        return answer->error == (int)-question->result;
    }
    if (question->call.request == MANAGER_CLOSE || question->call.request == MANAGER_OPEN) {
        return answer->error == 0;
    }
    if (answer->error != 0 || answer->result != (uint64_t)question->result) {
        return false;
    }
    for (size_t i = 0; i < answer->size; i++) {
        if (((const uint8_t *)answer->bytes)[i] != (uint8_t)question->call.tag) {
            return false;
        }
    }
    return question->call.request != MANAGER_READ || answer->size == answer->result;
}

int manager_next(const struct manager *manager, const struct manager_answer *answer,
                 struct manager_call *call)
{
    struct question *question = answer->tag == 0 ? NULL : find(answer->tag);

    (void)manager;
    if (answer->tag != 0) {
        expect(question != NULL && question->state != QUEUED, "answered, and not asked",
               answer->tag);
        expect(is_as_given(question, answer), "another answer than was given", answer->tag);
        answered += question->state == FETCHED;
        question->state = FREE;
    }
    for (unsigned i = 0; i < CALLS && answer->tag == 0; i++) {
        expect(!questions[i].is_handled || questions[i].is_late || questions[i].state == FREE,
               "handled, and not answered", questions[i].call.tag);
    }
    for (uint64_t i = random_below(4); i > 0; i--) {
        happen();
    }
    *call = (struct manager_call){0};
    question = pick(CANCELLED);
    if (question != NULL) {
        *call = (struct manager_call){
            .tag = ++last_tag, .request = MANAGER_CANCEL, .first = question->call.tag};
        question->state = TOLD;
    } else if ((question = pick(QUEUED)) != NULL) {
        *call = question->call;
        question->state = FETCHED;
    }
    return steps-- == 0 ? EIO : 0;
}

int manager_attach(struct manager *manager, slot files, const char *path, slot signals)
{
    (void)path, (void)signals;
    *manager = (struct manager){files, 1};
    return 0;
}

enum error notification_create(slot into)
{
    (void)into;
    return ERROR_NONE;
}

enum error slot_copy(slot to, slot from, uint64_t rights, uint64_t badge)
{
    (void)to, (void)from, (void)rights, (void)badge;
    return ERROR_NONE;
}

enum error slot_delete(slot slot)
{
    (void)slot;
    return ERROR_NONE;
}

struct call_result notification_wait(slot notification, uint64_t timeout)
{
    (void)notification, (void)timeout;
    return (struct call_result){0, 1};
}

/* --- The manager. --- */

static int64_t choose_result(size_t most)
{
    return random_below(4) == 0 ? -(int64_t)(1 + random_below(100))
                                : (int64_t)random_below(most + 1);
}

/** Gives the answer that was to come later. */
static void answer_late(struct question *question)
{
    static uint8_t bytes[FILE_DATA_MAX];
    bool is_read = question->call.request == MANAGER_READ;

    if (question->is_late && (question->state == FETCHED || question->state == CANCELLED)) {
        question->result = choose_result(is_read ? question->call.first % FILE_DATA_MAX : 9);
        memset(bytes, (int)question->call.tag, sizeof(bytes));
        manager_answer(question->call.tag, question->result, is_read ? bytes : NULL);
    }
}

/** Answers those that wait: at most times none, at times some, now and then all. */
static void answer_some(void)
{
    uint64_t which = random_below(10);

    for (unsigned i = 0; i < CALLS; i++) {
        if (which == 0 || (which < 3 && random_below(4) == 0)) {
            answer_late(&questions[i]);
        }
    }
    if (random_below(4) == 0) {
        manager_answer(last_tag + 5, 0, NULL); /* nobody has asked that */
    }
}

/** Handles any request. @param to room of a read @param size of that */
static int64_t handle(uint64_t handle, uint8_t *to, size_t size)
{
    unsigned waiting = count_late();
    bool is_later = random_below(2) == 0;

    current = find(handle);
    expect(current != NULL && current->state == FETCHED, "handled, and not asked", handle);
    expect(!current->is_handled, "handled again", handle);
    current->is_handled = true;
    expect(manager_tag() == handle, "another tag", handle);
    if (is_later && waiting < MANAGER_WAITING_MAX) {
        current->is_late = true;
        late++;
        return MANAGER_LATER;
    }
    answer_some();
    current = find(handle);
    if (is_later && waiting == MANAGER_WAITING_MAX && count_late() == waiting) {
        current->result = -EAGAIN; /* there is no room, as none was answered */
        refused++;
        return MANAGER_LATER;
    }
    current->result = choose_result(size);
    if (current->result > 0 && to != NULL) {
        memset(to, (int)handle, (size_t)current->result);
    }
    return current->result;
}

static int64_t do_read(uint64_t number, uint64_t offset, void *to, size_t size)
{
    (void)offset;
    expect(size <= FILE_DATA_MAX, "more is wanted than a message holds", number);
    return handle(number, to, size);
}

static int64_t do_write(uint64_t number, uint64_t offset, const void *from, size_t size)
{
    (void)offset, (void)from;
    return handle(number, NULL, size);
}

static int64_t do_control(uint64_t number, uint64_t command, uint64_t argument)
{
    (void)command, (void)argument;
    return handle(number, NULL, 10);
}

static void do_cancel(uint64_t tag)
{
    struct question *question = find(tag);

    expect(question != NULL && question->state == TOLD, "cancelled, and nobody has said so", tag);
    question->state = FREE;
}

int main(int count, char **words)
{
    static const struct manager_handlers handlers = {
        .read = do_read, .write = do_write, .control = do_control, .cancel = do_cancel};

    if (count != 3) {
        fputs("usage: manager SEED STEPS\n", stderr);
        return 2;
    }
    random_start(strtoul(words[1], NULL, 10));
    steps = (unsigned)strtoul(words[2], NULL, 10);
    expect(manager_run((slot){1}, "/dev/x", &handlers) == EIO, "the end", 0);
    printf("answered %u cancelled %u late %u refused %u\n", answered, cancelled, late, refused);
    return 0;
}
