/**
 * @file
 * The root task's stand-in: notes what is asked of it. An image is mapped memory of this program.
 */
#include "root.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "harness.h"
#include "libc.h"
#include "root_call.h"

struct root root;

static enum error make_image(const struct message *message)
{
    static size_t mapped;
    void *place = (void *)message->words[1];
    size_t size = message->words[0] * 4096;

    if (mapped > 0) {
        munmap(place, mapped);
    }
    root.images = 0;
    mapped = size;
    EXPECT(message->words[0] <= INIT_IMAGE_PAGES, "%lu pages", message->words[0]);
    if (mmap(place, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
             -1, 0) != place) {
        fail("there is no memory at %p", place);
    }
    root.images = 1;
    return ERROR_NONE;
}

static enum error create(struct message *message)
{
    enum error error =
        root.images == 0 || message->words[2] == 0 ? ERROR_INVALID_ARGUMENT : ERROR_NONE;

    root.images = 0;
    if (error == ERROR_NONE) {
        root.created++;
        memcpy(root.name, message->words, 16);
        root.file_size = message->words[2];
        root.arguments = message->words[3];
        message->words[0] = ROOT_PROCESS;
    }
    return error;
}

static enum error act(struct message *message)
{
    switch ((enum init_session_label)info_label(message->info)) {
    case INIT_IMAGE:
        return make_image(message);
    case INIT_CREATE:
        return create(message);
    case INIT_RUN:
        root.run++;
        return ERROR_NONE;
    case INIT_END:
        root.ended++;
        root.end_status = message->words[1];
        return message->words[0] == ROOT_PROCESS ? ERROR_NONE : ERROR_NO_THREAD;
    case INIT_WAIT:
        root.waited++;
        message->words[0] = ROOT_PROCESS;
        message->words[1] = root.wait_answer;
        return ERROR_NONE;
    default:
        return ERROR_INVALID_ARGUMENT;
    }
}

/** Does what is asked for; see root_call() of the library. */
int root_call(struct message *message)
{
    enum error error = ERROR_NO_MEMORY;

    if (root.fail == 0 || --root.fail > 0) {
        error = act(message);
    } else if (info_label(message->info) == INIT_CREATE) {
        root.images = 0; /* it takes the image in any case */
    }
    libc_errno = error == ERROR_NO_MEMORY ? ENOMEM : error == ERROR_NONE ? libc_errno : EINVAL;
    return error == ERROR_NONE ? 0 : -1;
}

/** Likewise. */
int root_ask(enum init_session_label label, uint64_t first, uint64_t second)
{
    struct message message = {.info = info_make(label, 2), .words = {first, second}};

    return root_call(&message);
}
