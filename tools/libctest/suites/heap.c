/**
 * @file
 * The heap: random use, with a shadow of what is in it; and what programs do wrong with it.
 */
#include <errno.h>
#include <string.h>

#include "host/files.h"
#include "host/finish.h"
#include "libc.h"
#include "slot.h"
#include "suites.h"

#define HEAP_SIZE 65536u
#define PIECES 64

extern slot files_endpoint;

static _Alignas(16) unsigned char heap[HEAP_SIZE];

/** What somebody has of the heap: all its bytes are `fill`. */
static struct {
    unsigned char *memory;
    size_t size;
    unsigned char fill;
} pieces[PIECES];

static bool is_filled(const unsigned char *memory, size_t size, unsigned char byte)
{
    for (size_t i = 0; i < size; i++) {
        if (memory[i] != byte) {
            return false;
        }
    }
    return true;
}

static size_t random_size(void)
{
    return random_chance(80) ? random_below(300) : random_below(HEAP_SIZE / 4);
}

static void check_place(const unsigned char *memory, size_t size)
{
    EXPECT((uintptr_t)memory % 16 == 0, "%p is no multiple of 16", (const void *)memory);
    EXPECT(memory >= heap && memory + size <= heap + HEAP_SIZE,
           "%zu bytes at %p are not in the heap", size, (const void *)memory);
}

static void set_piece(unsigned index, unsigned char *memory, size_t size)
{
    check_place(memory, size);
    pieces[index].memory = memory;
    pieces[index].size = size;
    pieces[index].fill = (unsigned char)random_next();
    memset(memory, pieces[index].fill, size);
}

static void check_piece(unsigned index)
{
    EXPECT(is_filled(pieces[index].memory, pieces[index].size, pieces[index].fill),
           "piece %u of %zu bytes has been written over", index, pieces[index].size);
}

static void take(unsigned index)
{
    size_t size = random_size();
    bool zeroed = random_chance(30);
    unsigned char *memory;

    step_begin("piece %u: %s(%zu)", index, zeroed ? "calloc" : "malloc", size);
    libc_errno = 0;
    memory = zeroed ? libc_calloc(size, 1) : libc_malloc(size);
    if (memory == NULL) {
        expect_equal((uint64_t)libc_errno, ENOMEM, "errno without memory");
        return;
    }
    EXPECT(!zeroed || is_filled(memory, size, 0), "calloc(%zu) gave what is not 0", size);
    set_piece(index, memory, size);
}

static void give(unsigned index)
{
    step_begin("piece %u: free", index);
    check_piece(index);
    libc_free(pieces[index].memory);
    pieces[index].memory = NULL;
}

static void resize(unsigned index)
{
    size_t size = random_size(), kept = size < pieces[index].size ? size : pieces[index].size;
    unsigned char *memory;

    step_begin("piece %u: realloc(%zu to %zu)", index, pieces[index].size, size);
    check_piece(index);
    memory = libc_realloc(pieces[index].memory, size);
    if (memory == NULL) {
        check_piece(index);
        return;
    }
    EXPECT(is_filled(memory, kept, pieces[index].fill), "realloc lost what was there");
    set_piece(index, memory, size);
}

/** Gives all back: then the heap is one piece again. */
static void give_all(void)
{
    void *all;

    for (unsigned i = 0; i < PIECES; i++) {
        if (pieces[i].memory != NULL) {
            give(i);
        }
    }
    step_begin("malloc of all");
    all = libc_malloc(HEAP_SIZE - 16);
    EXPECT(all != NULL, "the heap is in pieces, although all was given back");
    libc_free(all);
}

static void limits(void)
{
    libc_heap_use(heap, HEAP_SIZE);
    EXPECT(libc_malloc(HEAP_SIZE) == NULL, "more than the heap has");
    EXPECT(libc_malloc(SIZE_MAX) == NULL, "SIZE_MAX bytes");
    EXPECT(libc_malloc(SIZE_MAX - 15) == NULL, "nearly SIZE_MAX bytes");
    EXPECT(libc_calloc(SIZE_MAX / 2 + 2, 2) == NULL, "calloc of a product that wraps around");
    EXPECT(libc_reallocarray(NULL, SIZE_MAX / 8 + 2, 8) == NULL, "reallocarray likewise");
    EXPECT(libc_malloc(0) != libc_malloc(0), "malloc(0) twice: the same address");
    libc_free(NULL);
    libc_heap_use(NULL, 0);
    EXPECT(libc_malloc(1) == NULL, "memory of no heap");
}

/* --- What ends the program. --- */

static unsigned char *first, *second, *third;

static void free_twice(void)
{
    libc_free(second);
    libc_free(second);
}

static void free_twice_joined(void)
{
    libc_free(second);
    libc_free(first);
    libc_free(second);
}

static void write_behind(void)
{
    memset(first, 'x', 120);
    libc_free(second);
}

static void write_behind_and_free(void)
{
    memset(first, 'x', 120);
    libc_free(first);
}

static void free_inside(void)
{
    libc_free(second + 16);
}

static void free_unaligned(void)
{
    libc_free(second + 1);
}

static void free_stack(void)
{
    _Alignas(16) char memory[32] = {0};

    libc_free(memory + 16);
}

static void write_after_free(void)
{
    libc_free(second);
    memset(second, 'x', 16);
    libc_free(first);
}

static void realloc_freed(void)
{
    libc_free(second);
    third = libc_realloc(second, 200);
}

static void mistakes(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
        const char *says;
    } all[] = {
        {"twice", free_twice, "freed twice"},
        {"twice, joined", free_twice_joined, "freed twice"},
        {"behind", write_behind, "behind its end"},
        {"behind, and free", write_behind_and_free, "behind its end"},
        {"inside", free_inside, "end"},
        {"unaligned", free_unaligned, "no memory from malloc"},
        {"of the stack", free_stack, "no memory from malloc"},
        {"after free", write_after_free, "after it was freed"},
        {"realloc of freed", realloc_freed, "freed twice"},
    };

    files_endpoint.number = 0; /* so it is told on the kernel's console */
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        int64_t status = 0;

        libc_heap_use(heap, HEAP_SIZE);
        first = libc_malloc(100);
        second = libc_malloc(100);
        third = libc_malloc(100);
        memset(second, 0, 100);
        step_begin("mistake: %s", all[i].name);
        EXPECT(finish_try(all[i].run, &status), "nothing was noticed");
        expect_equal((uint64_t)status, 0x106, "status of abort()");
        EXPECT(strstr(finish_said(), all[i].says) != NULL, "it says \"%s\"", finish_said());
    }
    files_endpoint.number = 1;
}

/** Random use. */
void heap_run(unsigned steps)
{
    limits();
    mistakes();
    libc_heap_use(heap, HEAP_SIZE);
    for (unsigned i = 0; i < steps; i++) {
        unsigned index = (unsigned)random_below(PIECES);

        if (pieces[index].memory == NULL) {
            take(index);
        } else if (random_chance(40)) {
            resize(index);
        } else {
            give(index);
        }
        if (random_chance(1)) {
            give_all();
        }
    }
    give_all();
}
