/**
 * @file
 * Does things with memory of its own; the argument says which. Some are allowed, and it ends with
 * the number of results that were wrong; the others are its end.
 */
#include "bin/frames.h"

#include "capability.h"
#include "memory.h"
#include "print.h"
#include "program.h"

#define FIRST 0x20000000ul  /* where the program maps its frame */
#define SECOND 0x30000000ul /* and where a copy of it */
#define STACK_DEPTH 48u     /* pages, out of INIT_STACK_PAGES */

#define SPACE ((slot){SLOT_OWN_SPACE})
#define FRAME ((slot){4})
#define COPY ((slot){5})
#define EMPTY ((slot){6})

#define READ_WRITE (MEMORY_READ | MEMORY_WRITE)

static volatile uint64_t *word_at(uint64_t address)
{
    return (volatile uint64_t *)address;
}

/** Uses a page of stack in each call. @return how many there were */
static uint64_t descend(uint64_t depth)
{
    volatile uint64_t page[PAGE_SIZE / sizeof(uint64_t)];

    page[0] = depth;
    return depth == 0 ? 0 : descend(depth - 1) + 1 + page[0] - depth;
}

static int64_t use_stack(void)
{
    return descend(STACK_DEPTH) == STACK_DEPTH ? 0 : 1;
}

/** @return 1 when a call's result is another than expected, which is printed */
static int64_t expect(const char *what, enum error expected, enum error found)
{
    if (found != expected) {
        print("[frames] %s: %s instead of %s\n", what, error_name(found), error_name(expected));
    }
    return found != expected;
}

/** Makes a frame of two pages, with a copy of the second one that can only be read. */
static int64_t make_frames(void)
{
    return expect("making", ERROR_NONE, object_create(OBJECT_FRAME, 2, FRAME)) +
           expect("copying", ERROR_NONE, slot_copy(COPY, FRAME, MEMORY_READ, FRAME_PART(1, 1)));
}

static int64_t make_right_calls(void)
{
    int64_t wrong = expect("mapping", ERROR_NONE, frame_map(FRAME, SPACE, FIRST, READ_WRITE)) +
                    expect("mapping", ERROR_NONE, frame_map(COPY, SPACE, SECOND, MEMORY_READ));

    wrong += *word_at(FIRST) != 0;
    *word_at(FIRST + PAGE_SIZE) = 2;
    wrong += *word_at(SECOND) != 2;
    wrong += slot_read(COPY, SLOT_READ_BADGE).value != SECOND;
    wrong += slot_read(FRAME, SLOT_READ_SIZE).value != 2;
    wrong += expect("unmapping", ERROR_NONE, frame_unmap(FRAME));
    wrong += *word_at(SECOND) != 2;
    wrong += expect("unmapping", ERROR_NONE, frame_unmap(COPY));
    return wrong;
}

static int64_t make_wrong_calls(void)
{
    int64_t wrong = expect("mapping", ERROR_NONE, frame_map(FRAME, SPACE, FIRST, READ_WRITE));

    wrong += expect("twice", ERROR_BUSY, frame_map(FRAME, SPACE, SECOND, MEMORY_READ));
    wrong += expect("one above the other", ERROR_BUSY, frame_map(COPY, SPACE, FIRST, MEMORY_READ));
    wrong += expect("more rights", ERROR_NO_RIGHT, frame_map(COPY, SPACE, SECOND, READ_WRITE));
    wrong += expect("no rights", ERROR_INVALID_ARGUMENT, frame_map(COPY, SPACE, SECOND, 0));
    wrong += expect("no page's address", ERROR_INVALID_ARGUMENT,
                    frame_map(COPY, SPACE, SECOND + 1, MEMORY_READ));
    wrong += expect("no frame", ERROR_BAD_SLOT, frame_map(EMPTY, SPACE, SECOND, MEMORY_READ));
    wrong += expect("no address space", ERROR_BAD_SLOT, frame_map(COPY, FRAME, SECOND, 1));
    wrong += expect("nobody's slot", ERROR_BAD_SLOT, frame_unmap(slot_in(FRAME, 1)));
    wrong += expect("more memory than there is", ERROR_NO_MEMORY,
                    object_create(OBJECT_FRAME, FRAME_PAGES_MAX, EMPTY));
    return wrong + expect("into a full slot", ERROR_BAD_SLOT, object_create(OBJECT_FRAME, 1, COPY));
}

static int64_t make_calls(void)
{
    int64_t wrong = make_frames() + make_right_calls();

    return wrong + make_wrong_calls();
}

static int64_t read_null(void)
{
    return (int64_t)*word_at(0);
}

static int64_t read_unmapped(void)
{
    make_frames();
    frame_map(FRAME, SPACE, FIRST, READ_WRITE);
    *word_at(FIRST) = 1;
    frame_unmap(FRAME);
    return (int64_t)*word_at(FIRST);
}

static int64_t write_read_only(void)
{
    make_frames();
    frame_map(FRAME, SPACE, FIRST, MEMORY_READ);
    *word_at(FIRST) = 1;
    return (int64_t)*word_at(FIRST);
}

static int64_t read_revoked(void)
{
    make_frames();
    frame_map(COPY, SPACE, FIRST, MEMORY_READ);
    if (*word_at(FIRST) != 0 || slot_revoke(FRAME) != ERROR_NONE) {
        return -2;
    }
    return (int64_t)*word_at(FIRST);
}

static int64_t write_shared(void)
{
    enum error error = memory_attach("frames", FIRST, 1, MEMORY_READ);

    if (error == ERROR_NONE) {
        *word_at(FIRST) = 1;
    }
    return error;
}

static const struct {
    const char *name;
    int64_t (*act)(void);
} deeds[FRAMES_DEEDS] = {
    [FRAMES_STACK] = {"uses a large stack", use_stack},
    [FRAMES_CALLS] = {"makes right and wrong calls", make_calls},
    [FRAMES_NULL] = {"reads where no page is", read_null},
    [FRAMES_UNMAPPED] = {"reads a page that it has unmapped", read_unmapped},
    [FRAMES_READ_ONLY] = {"writes to a page that it may only read", write_read_only},
    [FRAMES_REVOKED] = {"reads a page whose capability it has revoked", read_revoked},
    [FRAMES_SHARED] = {"writes to a shared page that it may only read", write_shared},
};

/** Does something. @param argument an enum frames_deed @return how many results were wrong */
int64_t main(uint64_t argument)
{
    if (argument >= FRAMES_DEEDS) {
        return -2;
    }
    print("[frames] %s\n", deeds[argument].name);
    return deeds[argument].act();
}
