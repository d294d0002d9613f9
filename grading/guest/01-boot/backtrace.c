/**
 * @file
 * Exercise "backtrace": invented chains of frames, and a real panic some calls deep.
 *
 * The invented chains lie on the kernel's stack, which is in use only inside an entry to the
 * kernel, and has a missing page below and above: who reads outside it is caught at it.
 */
#include "debug/backtrace.h"

#include "catch.h"
#include "debug/panic.h"
#include "guest.h"

#define VARIANTS 8u /* of each kind */
#define DEPTH_LIMIT 20u
#define RETURNS 24u

/** How a chain ends. */
enum guest_chain_kind {
    ENDS_WITH_ZERO,
    LEAVES_ABOVE,
    LEAVES_BELOW,
    GOES_FAR_AWAY,
    LOOPS_ON_ITSELF,
    GOES_BACK,
    IS_MISALIGNED,
    IS_LONGER_THAN_LIMIT,
    BEGINS_OUTSIDE,
    KINDS,
};

/** One call of backtrace_collect(). The frames are listed from the innermost on. */
struct guest_chain {
    enum guest_chain_kind kind;
    uintptr_t frame;
    struct stack_span stack;
    size_t limit, depth;
    uintptr_t frames[DEPTH_LIMIT], nexts[DEPTH_LIMIT], calls[DEPTH_LIMIT];
    size_t count; /* what it returned */
    uint64_t faulted;
    struct guest_caught caught;
    uintptr_t returns[RETURNS];
};

#define CHAIN_COUNT (KINDS * VARIANTS)

struct guest_chain guest_chains[CHAIN_COUNT];
size_t guest_chain_index;

extern char kernel_stack[], kernel_stack_end[];

void guest_test_backtrace_chain(void);
void guest_test_backtrace_names(void);

/** Where the outermost frame says that the next one is; chains of a kind differ by `variant`. */
static uintptr_t chain_end(const struct guest_chain *chain, unsigned variant)
{
    uintptr_t start = chain->stack.start, end = chain->stack.end;
    uintptr_t last = chain->frames[chain->depth - 1];
    const uintptr_t above[] = {end, end - 8, end + 8, end + 64};
    const uintptr_t below[] = {start - 8, start - 16, start - 4096};
    const uintptr_t far[] = {UINT64_MAX - 7, UINT64_MAX - 15, 0x7FFFFFFFFFF8, 8,
                             (uintptr_t)1 << 63};

    switch (chain->kind) {
    case LOOPS_ON_ITSELF:
        return last;
    case GOES_BACK:
        return chain->frames[guest_random_below(chain->depth)];
    case LEAVES_ABOVE:
        return above[variant % 4];
    case LEAVES_BELOW:
        return below[variant % 3];
    case IS_MISALIGNED:
        return (last + 16 + guest_random_below(128)) | (1 + guest_random_below(7));
    case GOES_FAR_AWAY:
        return far[variant % 5];
    default:
        return 0;
    }
}

/** Puts frames on the stack, going up: from its start on, up to its end, or somewhere between. */
static void place_frames(struct guest_chain *chain, unsigned variant)
{
    uintptr_t room = chain->stack.end - chain->stack.start;
    uintptr_t at = 0;

    for (size_t i = 0; i < chain->depth; i++) {
        chain->frames[i] = at;
        chain->calls[i] = guest_random();
        at += 16 + 8 * guest_random_below(12);
    }
    room -= chain->frames[chain->depth - 1] + 16;
    at = chain->stack.start;
    if (variant % 3 != 0) {
        at += variant % 3 == 1 ? room : 8 * guest_random_below(room / 8);
    }
    for (size_t i = 0; i < chain->depth; i++) {
        chain->frames[i] += at;
    }
    for (size_t i = 0; i + 1 < chain->depth; i++) {
        chain->nexts[i] = chain->frames[i + 1];
    }
    chain->frame = chain->frames[0];
}

static void invent_chain(struct guest_chain *chain, enum guest_chain_kind kind, unsigned variant)
{
    uintptr_t start = (uintptr_t)kernel_stack, end = (uintptr_t)kernel_stack_end;

    if (variant >= VARIANTS / 2) { /* a stack with more of the same around it */
        start += 8 * guest_random_below(64) + 64;
        end -= 8 * guest_random_below(64) + 128;
    }
    chain->kind = kind;
    chain->stack = (struct stack_span){"invented", start, end};
    chain->limit = RETURNS - 2;
    chain->depth = 1 + guest_random_below(DEPTH_LIMIT);
    place_frames(chain, kind == IS_MISALIGNED ? 0 : variant);
    if (kind == IS_LONGER_THAN_LIMIT) {
        chain->limit = variant == 0 ? 0 : guest_random_below(chain->depth);
    }
    chain->nexts[chain->depth - 1] = chain_end(chain, variant);
    for (size_t i = 0; i < RETURNS; i++) {
        chain->returns[i] = guest_random();
    }
}

/** A chain of which not even the first frame is one. */
static void begin_outside(struct guest_chain *chain, unsigned variant)
{
    uintptr_t start = chain->stack.start, end = chain->stack.end;
    const uintptr_t places[] = {0, start - 8, end, end - 8, start + 4, UINT64_MAX - 7};

    chain->frame = places[variant % 6];
    chain->depth = 0;
}

static void collect(void *argument)
{
    struct guest_chain *chain = argument;

    chain->count = backtrace_collect(chain->frame, &chain->stack, chain->returns, chain->limit);
}

/** Between the frames stand words that look like frame pointers. */
static void fill_stack(const struct guest_chain *chain)
{
    uintptr_t *words = (uintptr_t *)kernel_stack;
    size_t count = (size_t)(kernel_stack_end - kernel_stack) / sizeof(*words);

    for (size_t i = 0; i < count; i++) {
        words[i] = (uintptr_t)&words[guest_random_below(count)];
    }
    for (size_t i = 0; i < chain->depth; i++) {
        ((uintptr_t *)chain->frames[i])[0] = chain->nexts[i];
        ((uintptr_t *)chain->frames[i])[1] = chain->calls[i];
    }
}

/** Chains of every kind, whole and damaged. */
void guest_test_backtrace_chain(void)
{
    guest_interrupts_off();
    for (unsigned i = 0; i < CHAIN_COUNT; i++) {
        enum guest_chain_kind kind = (enum guest_chain_kind)(i / VARIANTS);

        invent_chain(&guest_chains[i], kind, i % VARIANTS);
        if (kind == BEGINS_OUTSIDE) {
            begin_outside(&guest_chains[i], i % VARIANTS);
        }
    }
    guest_checkpoint("ready");
    for (guest_chain_index = 0; guest_chain_index < CHAIN_COUNT; guest_chain_index++) {
        struct guest_chain *chain = &guest_chains[guest_chain_index];

        fill_stack(chain);
        chain->faulted = !guest_try(collect, chain, &chain->caught);
    }
    guest_checkpoint("done");
}

/* --- a real panic --- */

#define LINKS 6u

typedef int link(unsigned more);

/* Through a pointer that the compiler does not look through: each link is a call, and each call is
 * followed by something, so that it stays one. */
static void (*volatile stop)(const char *format, ...) = panic;

static int call_next(unsigned more);

#define LINK(name) \
    static __attribute__((noinline)) int name(unsigned more) \
    { \
        return call_next(more) + 1; \
    }

LINK(guest_link_red)
LINK(guest_link_green)
LINK(guest_link_blue)
LINK(guest_link_white)
LINK(guest_link_black)
LINK(guest_link_grey)

static link *const volatile links[LINKS] = {guest_link_red,   guest_link_green, guest_link_blue,
                                            guest_link_white, guest_link_black, guest_link_grey};

static __attribute__((noinline)) int call_next(unsigned more)
{
    if (more == 0) {
        stop("the grader's own, %s", "some calls deep");
        return 0;
    }
    return links[guest_random_below(LINKS)](more - 1) + 1;
}

/** Panics at the end of a chain of calls that differs from boot to boot. */
void guest_test_backtrace_names(void)
{
    guest_interrupts_off();
    guest_checkpoint("ready");
    call_next(1 + (unsigned)guest_random_below(4));
}
