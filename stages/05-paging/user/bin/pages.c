/**
 * @file
 * Does things with its own memory; the argument says which. Some are allowed, and it ends with the
 * number of results that were wrong; the others are its end.
 */
#include "bin/pages.h"

#include "child.h"
#include "print.h"
#include "program.h"

#define FIRST 0x20000000ul  /* pages that the program maps */
#define SECOND 0x30000000ul /* and where it shows them once more */
#define KERNEL_ADDRESS 0xFFFFFFFF80100000ul
#define STACK_DEPTH 48u /* pages, out of INIT_STACK_PAGES */

#define READ MEMORY_EXTENT(1, MEMORY_READ)
#define READ_WRITE MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE)

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
        print("[pages] %s: %s instead of %s\n", what, error_name(found), error_name(expected));
    }
    return found != expected;
}

static int64_t make_right_calls(void)
{
    int64_t wrong = expect("mapping", ERROR_NONE, memory_map(TASK_SELF, FIRST, READ_WRITE));

    wrong += *word_at(FIRST) != 0;
    *word_at(FIRST) = 1;
    wrong += expect("sharing", ERROR_NONE, memory_share(TASK_SELF, SECOND, FIRST, READ));
    *word_at(FIRST) = 2;
    wrong += *word_at(SECOND) != 2;
    wrong += expect("unmapping", ERROR_NONE, memory_unmap(TASK_SELF, FIRST, READ));
    wrong += *word_at(SECOND) != 2;
    wrong += expect("writing alone", ERROR_NONE, memory_protect(TASK_SELF, SECOND, READ_WRITE));
    *word_at(SECOND) = 3;
    return wrong + expect("unmapping", ERROR_NONE, memory_unmap(TASK_SELF, SECOND, READ));
}

static int64_t make_wrong_calls(void)
{
    uint64_t all = MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE | MEMORY_EXECUTE);
    uint64_t many = MEMORY_EXTENT(MEMORY_PAGES_MAX + 1, MEMORY_READ);
    task_id nobody = {UINT64_MAX};
    int64_t wrong = expect("mapping", ERROR_NONE, memory_map(TASK_SELF, FIRST, READ_WRITE));

    memory_share(TASK_SELF, SECOND, FIRST, READ);
    wrong += expect("twice", ERROR_BUSY, memory_map(TASK_SELF, FIRST, READ));
    wrong += expect("a shared page's rights", ERROR_NO_RIGHT,
                    memory_protect(TASK_SELF, SECOND, READ_WRITE));
    wrong +=
        expect("write and execute", ERROR_INVALID_ARGUMENT, memory_protect(TASK_SELF, FIRST, all));
    wrong += expect("no rights", ERROR_INVALID_ARGUMENT,
                    memory_map(TASK_SELF, FIRST + PAGE_SIZE, MEMORY_EXTENT(1, 0)));
    wrong += expect("too many pages", ERROR_INVALID_ARGUMENT,
                    memory_map(TASK_SELF, FIRST + PAGE_SIZE, many));
    wrong +=
        expect("no page's address", ERROR_INVALID_ARGUMENT, memory_map(TASK_SELF, FIRST + 1, READ));
    wrong += expect("the kernel's memory", ERROR_BAD_ADDRESS,
                    memory_share(TASK_SELF, FIRST + PAGE_SIZE, KERNEL_ADDRESS, READ));
    wrong += expect("nobody's memory", ERROR_NO_THREAD, memory_map(nobody, FIRST, READ));
    return wrong;
}

static int64_t make_calls(void)
{
    int64_t wrong = make_right_calls();

    return wrong + make_wrong_calls();
}

static int64_t read_null(void)
{
    return (int64_t)*word_at(0);
}

static int64_t read_unmapped(void)
{
    memory_map(TASK_SELF, FIRST, READ_WRITE);
    *word_at(FIRST) = 1;
    memory_unmap(TASK_SELF, FIRST, READ);
    return (int64_t)*word_at(FIRST);
}

static int64_t write_read_only(void)
{
    memory_map(TASK_SELF, FIRST, READ_WRITE);
    *word_at(FIRST) = 1;
    memory_protect(TASK_SELF, FIRST, READ);
    *word_at(FIRST) = 2;
    return (int64_t)*word_at(FIRST);
}

static int64_t write_shared(void)
{
    enum error error = memory_attach("pages", FIRST, 1, MEMORY_READ);

    if (error == ERROR_NONE) {
        *word_at(FIRST) = 1;
    }
    return error;
}

static const struct {
    const char *name;
    int64_t (*act)(void);
} deeds[PAGES_DEEDS] = {
    [PAGES_STACK] = {"uses a large stack", use_stack},
    [PAGES_CALLS] = {"makes right and wrong calls", make_calls},
    [PAGES_NULL] = {"reads where no page is", read_null},
    [PAGES_UNMAPPED] = {"reads a page that it has given back", read_unmapped},
    [PAGES_READ_ONLY] = {"writes to a page that it may only read", write_read_only},
    [PAGES_SHARED] = {"writes to a shared page that it may only read", write_shared},
};

/** Does something. @param argument an enum pages_deed @return how many results were wrong */
int64_t main(uint64_t argument)
{
    if (argument >= PAGES_DEEDS) {
        return -2;
    }
    print("[pages] %s\n", deeds[argument].name);
    return deeds[argument].act();
}
