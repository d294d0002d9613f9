/**
 * @file
 * What programs ask of /dev/console.
 *
 * Nothing is fetched from the VFS server, and so nothing answered, while the output has no room for
 * the longest write: so each write that is fetched is shown at once, and whoever writes more than
 * the line takes waits, in the VFS server. The line goes on taking bytes meanwhile, so that ends.
 *
 * Reads wait here, in the order in which they came, until there is something to be read: the first
 * of them gets it.
 */
#include "console/requests.h"

#include "console/input.h"
#include "console/line.h"
#include "console/output.h"
#include "console/proto.h"
#include "console/screen.h"
#include "console/slots.h"
#include "errno.h"
#include "fcntl.h"
#include "manager.h"
#include "vfs/manager_proto.h"

#define PATH "/dev/console"
#define WAITS MANAGER_CALLS

/** Of the output: a line that is being edited gives way, a write is shown, each of its bytes maybe
 * a line feed. */
#define ROOM (LINE_ECHO_MAX + 2 * FILE_DATA_MAX)

/** A request that waits for its answer. */
struct wait {
    uint64_t tag;
    uint64_t size; /**< bytes that are wanted; 0: that all output has left */
    bool is_interrupted;
    bool is_impatient; /**< EAGAIN if there is nothing now */
};

static struct manager manager;
static struct wait waits[WAITS]; /* in the order in which they came */
static unsigned wait_count;
static struct manager_answer answer; /* that is to be given when there is room again */

/** Becomes the manager of PATH. @return an error number */
int requests_open(slot files, slot signals)
{
    return manager_attach(&manager, files, PATH, signals);
}

static void remove_wait(unsigned index)
{
    wait_count--;
    for (unsigned i = index; i < wait_count; i++) {
        waits[i] = waits[i + 1];
    }
}

static void cancel(uint64_t tag)
{
    for (unsigned i = 0; i < wait_count; i++) {
        if (waits[i].tag == tag) {
            remove_wait(i);
            return;
        }
    }
}

/** Ctrl-C has come: the reads that wait are over. */
void requests_interrupt(void)
{
    for (unsigned i = 0; i < wait_count; i++) {
        waits[i].is_interrupted = waits[i].size > 0;
    }
}

static void add_wait(const struct manager_call *call, uint64_t size)
{
    if (wait_count == WAITS) {
        answer.error = EAGAIN;
        return;
    }
    waits[wait_count++] = (struct wait){
        .tag = call->tag,
        .size = size < FILE_DATA_MAX ? size : FILE_DATA_MAX,
        .is_impatient = (call->handle & O_NONBLOCK) != 0,
    };
    answer.tag = 0;
}

static void handle_control(const struct manager_call *call)
{
    switch (call->first) {
    case CONSOLE_SET_MODE:
        if (call->second != CONSOLE_LINES && call->second != CONSOLE_RAW) {
            answer.error = EINVAL;
        } else {
            input_set_mode((enum console_mode)call->second);
        }
        break;
    case CONSOLE_GET_SIZE:
        answer.result = SCREEN_COLUMNS << 16 | SCREEN_ROWS;
        break;
    case CONSOLE_DRAIN:
        add_wait(call, 0);
        break;
    default:
        answer.error = ENOTTY;
    }
}

/** Opens the console: of the flags only one matters, which is the handle. */
static void handle_open(const struct manager_call *call)
{
    answer.error = call->length == 0 ? 0 : ENOTDIR;
    answer.result = call->first & O_NONBLOCK;
}

static void handle_write(const struct manager_call *call)
{
    input_hide();
    output_put(call->bytes, call->length);
    answer.result = call->length;
}

/** Handles a request: `answer` is what it is answered with now, if it is. */
static void handle(const struct manager_call *call)
{
    answer = (struct manager_answer){.tag = call->tag};
    switch (call->request) {
    case MANAGER_OPEN:
        handle_open(call);
        break;
    case MANAGER_READ:
        if (call->first > 0) {
            add_wait(call, call->first);
        }
        break;
    case MANAGER_WRITE:
        handle_write(call);
        break;
    case MANAGER_CONTROL:
        handle_control(call);
        break;
    case MANAGER_CANCEL:
        cancel(call->first);
        answer.tag = 0;
        break;
    case MANAGER_CLOSE:
        break;
    default:
        answer.error = ENOSYS;
    }
}

/** Answers a request that waits, if it need not wait any more. @return whether `answer` is that */
static bool finish(const struct wait *wait)
{
    static uint8_t bytes[FILE_DATA_MAX];
    size_t size = 0;

    answer = (struct manager_answer){.tag = wait->tag, .bytes = bytes};
    if (wait->size == 0) {
        return output_is_empty();
    }
    if (wait->is_interrupted) {
        answer.error = EINTR;
        return true;
    }
    if (input_read(bytes, wait->size, &size)) {
        answer.size = size;
        answer.result = size;
        return true;
    }
    answer.error = EAGAIN;
    return wait->is_impatient && !input_turn_is_over();
}

/** Answers the first of those that need not wait any more. @return whether there is one */
static bool finish_one(void)
{
    for (unsigned i = 0; i < wait_count && !input_turn_is_over(); i++) {
        if (finish(&waits[i])) {
            remove_wait(i);
            return true;
        }
    }
    answer.tag = 0;
    return false;
}

/**
 * Does what is asked, as far as there is room for output, until input_turn_is_over(): then there is
 * more to be done.
 *
 * @param is_signalled  whether something has been asked since
 * @return 0; what manager_next() failed with
 */
int requests_serve(bool is_signalled)
{
    static bool is_asked = true; /* maybe: it was not looked */
    static struct manager_call call;

    is_asked |= is_signalled;
    input_begin_turn();
    while (output_room() >= ROOM &&
           (answer.tag != 0 || finish_one() || (is_asked && !input_turn_is_over()))) {
        int error = manager_next(&manager, &answer, &call);

        if (error != 0) {
            return error;
        }
        answer.tag = 0;
        is_asked = call.tag != 0;
        if (is_asked) {
            handle(&call);
        }
    }
    return 0;
}
