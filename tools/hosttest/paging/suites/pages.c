/**
 * @file
 * Suite "pages": tasks map, unmap, protect and share pages by system calls, come and go, and touch
 * what they have.
 */
#include <string.h>

#include "abi/memory.h"
#include "abi/memory_files.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "harness.h"
#include "host/cpu.h"
#include "host/machine.h"
#include "mm/frames.h"
#include "mm/user_check.h"
#include "models/pages.h"
#include "suites/suites.h"
#include "suites/walk.h"
#include "task/program_memory.h"
#include "task/sched.h"

#define MEMORY_BYTES (7u << 20)
#define OWN_TASKS \
    3 /* spaces 0 to 2: the caller's, and of tasks that it has made; then a stranger's */
#define TABLES_MOST 7u /* frames that a call keeps back for tables */
#define MARK_FACTOR 0x9E3779B97F4A7C15u

static struct thread *tasks[PAGES_SPACES];

static void walk(void)
{
    struct walk_space spaces[PAGES_SPACES];

    for (int i = 0; i < PAGES_SPACES; i++) {
        spaces[i] = (struct walk_space){tasks[i]->root, i};
    }
    walk_all(spaces, PAGES_SPACES);
    host_cpu_check();
}

/** A new page is all 0; then its frame gets a mark of its own, which has to stay. */
static void learn_page(struct model_page *page, uint64_t root, uint64_t address, unsigned rights)
{
    static const uint8_t zeros[PAGE_SIZE];
    unsigned has;
    uint64_t frame = page_find(root, address, &has);

    EXPECT(frame != 0, "%#lx is not mapped", address);
    expect_equal(pages_uses(frame), 0, "uses of the frame %#lx, which is to be new", frame);
    EXPECT(memcmp(paging_window(frame), zeros, PAGE_SIZE) == 0, "the new page %#lx is not 0",
           address);
    *(uint64_t *)paging_window(frame) = frame * MARK_FACTOR;
    *page = (struct model_page){frame, rights | MEMORY_READ};
}

static void make_task(int number)
{
    expect_equal(program_begin("task", NULL, &tasks[number]), ERROR_NONE, "program_begin()");
    tasks[number]->state = THREAD_NEW;
    tasks[number]->pager = number < OWN_TASKS ? tasks[0]->id : (thread_id){0};
    learn_page(pages_at(number, MEMORY_BUFFER), tasks[number]->root, MEMORY_BUFFER, MEMORY_WRITE);
}

/** Ends a task, by the call or as its end would, and makes another one. */
static void replace_task(void)
{
    int number = 1 + (int)random_below(PAGES_SPACES - 1);
    uint64_t arguments[4] = {tasks[number]->id.number, 7, 0, 0};

    step_begin("task %d is ended", number);
    if (number < OWN_TASKS) {
        host_call(CALL_TASK_KILL, arguments);
        expect_equal(sched.current->context.rax, ERROR_NONE, "task_kill");
    } else {
        thread_end(tasks[number], 0);
    }
    thread_reclaim(tasks[number]);
    pages_clear(number);
    make_task(number);
}

/** A page's address: near the border that a region is about, in two regions more than in others. */
static uint64_t random_address(void)
{
    int region = (int)random_below(random_chance(70) ? 2 : PAGES_REGIONS);
    uint64_t page = random_chance(70) ? PAGES_BORDER - 6 + random_below(12) : random_below(40);
    uint64_t address = pages_region(region) + page * PAGE_SIZE;
    uint64_t wild = random_wild();

    switch (random_below(20)) {
    case 0:
        /* Where pages could be mapped, all addresses are the regions'. */
        return wild >= MEMORY_START && wild < MEMORY_BUFFER ? wild | 1 : wild;
    case 1:
        return address + random_below(PAGE_SIZE);
    default:
        return address;
    }
}

/** Rights that may be asked for. */
static unsigned random_rights(void)
{
    static const unsigned rights[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE, MEMORY_WRITE,
                                      MEMORY_READ | MEMORY_EXECUTE, MEMORY_READ | MEMORY_WRITE};

    return rights[random_below(sizeof(rights) / sizeof(rights[0]))];
}

static uint64_t random_extent(void)
{
    uint64_t pages = 1 + random_below(6);

    switch (random_below(20)) {
    case 0:
        pages = random_below(MEMORY_PAGES_MAX + 3);
        break;
    case 1:
        pages = random_wild();
        break;
    default:
        break;
    }
    return MEMORY_EXTENT(pages, random_chance(90) ? random_rights() : random_below(8));
}

/** Whose memory; sets the model's space. @return the error that has to come of it */
static enum error choose_task(uint64_t *name, int *space)
{
    *space = (int)random_below(random_chance(90) ? OWN_TASKS : PAGES_SPACES);
    *name = *space == 0 && random_chance(50) ? 0 : tasks[*space]->id.number;
    if (random_chance(3)) {
        *name = tasks[*space]->id.number + THREAD_LIMIT;
        return ERROR_NO_THREAD;
    }
    return *space < OWN_TASKS ? ERROR_NONE : ERROR_NO_RIGHT;
}

/** A new mapping takes frames: either there are enough, or nothing is mapped. */
static enum error map(const struct model_run *run, size_t free_before, enum error got)
{
    enum error error = pages_may_map(run);

    if (error == ERROR_NONE && free_before < run->pages + TABLES_MOST) {
        error = ERROR_NO_MEMORY;
    }
    for (uint64_t i = 0; error == ERROR_NONE && got == ERROR_NONE && i < run->pages; i++) {
        uint64_t address = run->address + i * PAGE_SIZE;

        learn_page(pages_at(run->space, address), tasks[run->space]->root, address, run->rights);
    }
    return error;
}

static enum error share(const struct model_run *to, uint64_t from, uint64_t extent, enum error got)
{
    struct model_run source;
    enum error error = pages_check(from, extent, &source);

    if (error == ERROR_NONE && got == ERROR_NO_MEMORY) {
        expect_equal(frames.free_count, 0, "free frames after ERROR_NO_MEMORY");
        return ERROR_NO_MEMORY;
    }
    return error == ERROR_NONE ? pages_share(to, from) : error;
}

/** What a memory call has to give, when it has been made. */
static enum error serve(uint64_t call, const struct model_run *run, const uint64_t arguments[4],
                        size_t free_before, enum error got)
{
    switch (call) {
    case CALL_MEMORY_MAP:
        return map(run, free_before, got);
    case CALL_MEMORY_PROTECT:
        return pages_protect(run);
    case CALL_MEMORY_SHARE:
        return share(run, arguments[2], arguments[3], got);
    default:
        pages_unmap(run);
        return ERROR_NONE;
    }
}

static void call_memory(void)
{
    uint64_t call = CALL_MEMORY_MAP + random_below(4);
    uint64_t arguments[4] = {0, random_address(), random_extent(), random_next()};
    struct model_run run = {0};
    enum error error = choose_task(&arguments[0], &run.space), got;
    size_t free_before = frames.free_count;

    if (call == CALL_MEMORY_SHARE) {
        arguments[3] = arguments[2];
        arguments[2] = random_address();
    }
    step_begin("call %lu(task %d, %#lx, %#lx, %#lx)", call, run.space, arguments[1], arguments[2],
               arguments[3]);
    host_call(call, arguments);
    got = (enum error)sched.current->context.rax;
    if (error == ERROR_NONE) {
        error = pages_check(arguments[1], arguments[call == CALL_MEMORY_SHARE ? 3 : 2], &run);
    }
    if (error == ERROR_NONE) {
        error = serve(call, &run, arguments, free_before, got);
    }
    expect_equal(got, error, "the result");
}

/** Another task's address space is loaded; its program touches pages. */
static void touch(void)
{
    int space = (int)random_below(OWN_TASKS);

    step_begin("space %d is loaded, and used", space);
    page_load(tasks[space]->root);
    expect_equal(host_cpu.cr3, tasks[space]->root, "the loaded root");
    for (int i = 0; i < 60; i++) {
        host_cpu_touch(random_address());
    }
}

static void check_access(void)
{
    int space = (int)random_below(OWN_TASKS);
    uint64_t address = random_address() + random_below(2 * PAGE_SIZE);
    uint64_t size = random_chance(90) ? random_below(4 * PAGE_SIZE) : random_wild();
    unsigned rights = random_chance(80) ? MEMORY_READ : (unsigned)random_below(8);
    enum error expected;

    step_begin("user_check(%#lx, %#lx, %u) in space %d", address, size, rights, space);
    page_load(tasks[space]->root);
    expected = pages_may_access(space, address, size, rights) ? ERROR_NONE : ERROR_BAD_ADDRESS;
    expect_equal(user_check(address, size, rights), expected, "user_check()");
}

/** What has been written to a frame is still there. */
static void check_marks(void)
{
    for (int region = 0; region < PAGES_REGIONS; region++) {
        for (uint64_t i = 0; i < PAGES_PER_REGION; i++) {
            uint64_t frame = pages_at(0, pages_region(region) + i * PAGE_SIZE)->frame;

            if (frame != 0) {
                expect_equal(*(uint64_t *)paging_window(frame), frame * MARK_FACTOR,
                             "what is in the frame %#lx", frame);
            }
        }
    }
}

/** Runs the suite. */
void pages_run(unsigned steps)
{
    host_memory_start(MEMORY_BYTES);
    host_threads_start();
    walk_start();
    pages_start();
    for (int i = 0; i < PAGES_SPACES; i++) {
        make_task(i);
    }
    sched.current = tasks[0];
    tasks[0]->state = THREAD_RUNNING;
    while (steps-- > 0) {
        unsigned chosen = (unsigned)random_below(100);

        if (chosen < 2) {
            replace_task();
        } else if (chosen < 20) {
            touch();
        } else if (chosen < 35) {
            check_access();
        } else {
            call_memory();
        }
        walk();
        check_marks();
    }
}
