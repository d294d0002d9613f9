/**
 * @file
 * A kernel that never runs: its variables have the names and layouts that the grader reads, and the
 * values of a machine in order. The unit tests load it into pretended memory and break it.
 *
 * With PROGRAMS defined its threads, but for the idle one, run programs in user mode.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE 4096
#define THREADS 4
#define STACKS 0x400000ull
#define STACK_TOP(slot) (0xFFFFFFFF80400000ull + ((slot) + 1) * 8 * PAGE)
#define BITMAP_FREE_FROM 0x480 /* frames 0x480 to 0x4BF are free */

void small_function(void);
void small_other(void);

void small_function(void)
{
    __asm__ volatile("nop");
}

void small_other(void)
{
    __asm__ volatile("nop");
}

/* --- descriptors --- */

struct idt_gate {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_mid;
    uint32_t offset_high, reserved;
};

struct task_state_segment {
    uint32_t reserved_0;
    uint64_t rsp[3], reserved_1, ist[7], reserved_2;
    uint16_t reserved_3, io_map_base;
} __attribute__((packed));

struct context {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector, error, rip, cs, rflags, rsp, ss;
} __attribute__((aligned(16)));

struct idt_gate idt[256] __attribute__((aligned(16))) = {[0] = {1, 0, 0, 0, 0, 0, 0}};
uint64_t gdt[5] = {0, 0x00209A0000000000u, 0x0000920000000000u};

/* --- threads --- */

enum thread_state {
    THREAD_UNUSED,
    THREAD_READY,
    THREAD_RUNNING,
    THREAD_SLEEPING,
    THREAD_JOINING,
    THREAD_ENDED,
#ifdef PROGRAMS
    THREAD_SENDING, /* a state that the check of the queues does not know */
#endif
};

struct thread_queue {
    struct thread *first, *last;
};

#ifdef PROGRAMS
size_t modules;

#define OWN_MEMORY uint64_t root
#define MEMORY(slot) ((slot) == 2 ? 0x680000 : 0) /* support.py: OWN_TABLES */
#define THREAD(slot) USER_CONTEXT
#else
#define OWN_MEMORY uint64_t stack_frames
#define MEMORY(slot) (STACKS + 4ull * PAGE * (slot))
#define THREAD(slot) CONTEXT(slot)
#endif

struct thread {
    struct context context;
    char name[16];
    enum thread_state state;
    struct thread_queue *queue;
    struct thread *next, *previous;
    uint64_t wake_tick;
    struct thread *joiner;
    OWN_MEMORY;
};

struct scheduler {
    struct thread *current, *idle;
    struct thread_queue ready, sleepers;
};

extern struct scheduler sched;

#define CONTEXT(slot) \
    { \
        .rip = (uint64_t)small_function, .cs = 8, .rflags = 0x202, .rsp = STACK_TOP(slot) - 8, \
        .ss = 16 \
    }

#define USER_CONTEXT \
    { \
        .vector = 32, .rip = 0x10000000, .cs = 0x33, .rflags = 0x202, .rsp = 0x20000000, \
        .ss = 0x2B \
    }

/* threads[3] is the running one */
struct thread threads[THREADS] = {
    {CONTEXT(0), "idle", THREAD_READY, NULL, NULL, NULL, 0, NULL, MEMORY(0)},
    {THREAD(1), "one", THREAD_READY, &sched.ready, &threads[2], NULL, 0, NULL, MEMORY(1)},
    {THREAD(2), "two", THREAD_READY, &sched.ready, NULL, &threads[1], 0, NULL, MEMORY(2)},
    {THREAD(3), "main", THREAD_RUNNING, NULL, NULL, NULL, 0, NULL, MEMORY(3)},
};

struct scheduler sched = {&threads[3], &threads[0], {&threads[1], &threads[2]}, {NULL, NULL}};

struct task_state_segment tss = {.ist = {(uint64_t)(&threads[3].context + 1)}};

/* --- memory --- */

struct memory_range {
    uint64_t start, end;
};

struct memory_map {
    struct memory_range ranges[4];
    size_t count;
};

struct frame_allocator {
    uint64_t *bitmap;
    size_t limit, free_count, total;
};

static uint64_t bitmap[32] = {[BITMAP_FREE_FROM / 64] = ~0ull};

struct memory_map memory_free = {{{0x400000, 0x600000}}, 1};
struct frame_allocator frames = {bitmap, 2048, 64, 512};

struct stack_span {
    const char *name;
    uintptr_t start, end;
};

char guard[PAGE] __attribute__((aligned(PAGE), section(".bss.stack.1")));
char stack[4 * PAGE] __attribute__((aligned(PAGE), section(".bss.stack.2")));

const struct stack_span kernel_stacks[] = {{"boot", (uintptr_t)stack, (uintptr_t)stack + 4 * PAGE}};
const size_t kernel_stack_count = 1;

/* --- shapes for the views --- */

union small_union {
    uint32_t whole;
    uint8_t bytes[4];
};

struct small_shapes {
    int8_t negative;
    bool yes;
    unsigned low : 3, high : 5;
    union {
        uint16_t inner;
        uint8_t parts[2];
    };
    enum { SMALL_MINUS = -2, SMALL_PLUS = 7 } sign;
    const char *words;
    int64_t grid[2][3];
    union small_union both;
    struct small_shapes *self;
    void *nothing;
};

struct small_shapes shapes = {
    .negative = -5,
    .yes = true,
    .low = 6,
    .high = 17,
    .inner = 0x1234,
    .sign = SMALL_MINUS,
    .words = "some words",
    .grid = {{1, 2, 3}, {-4, -5, -6}},
    .both = {0x04030201},
    .self = &shapes,
};
