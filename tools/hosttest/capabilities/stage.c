/**
 * @file
 * What stage 06 and later ones have of their own below the suites: a root task that is made as at
 * boot, devices' lines, and memory that may be touched only while it is in use.
 */
#include "capabilities/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch/devices.h"
#include "arch/interrupt.h"
#include "arch/modules.h"
#include "arch/paging.h"
#include "harness.h"
#include "host/machine.h"
#include "object/object.h"
#include "task/program.h"
#include "task/sched.h"

#define PROGRAM_START 0x100000u /* where the kernel's image would be */

bool stage_line_is_open[INTERRUPT_LINES];

/* The linker hands the kernel's calls to this first (--wrap). */
bool __real_untyped_clear(struct slot *untyped, uint64_t end);
bool __wrap_untyped_clear(struct slot *untyped, uint64_t end);

/** Memory that is cleared may be touched from here on. */
bool __wrap_untyped_clear(struct slot *untyped, uint64_t end)
{
    uint64_t from = untyped->pages * (uint64_t)PAGE_SIZE;

    if (from < end) {
        host_memory_allow(untyped->start + from, paging_round_up(end) - from, true);
    }
    return __real_untyped_clear(untyped, end);
}

/** There is no allocator: all memory is the root task's. */
void host_stage_memory(void)
{
}

/** @return the idle thread */
struct thread *host_stage_idle(void)
{
    static struct thread idle = {.state = THREAD_READY, .name = "idle"};

    return &idle;
}

/** Lets a line interrupt. */
void interrupt_enable(unsigned line)
{
    stage_line_is_open[line] = true;
}

/** No interrupt ever waits. */
void interrupt_window(void)
{
}

/** Holds a line back. */
void interrupt_disable(unsigned line)
{
    stage_line_is_open[line] = false;
}

/** There is nothing at any port. */
uint32_t ports_read(uint16_t port, unsigned bytes)
{
    (void)port;
    (void)bytes;
    return 0;
}

/** See ports_read(). */
void ports_write(uint16_t port, unsigned bytes, uint32_t value)
{
    (void)port;
    (void)bytes;
    (void)value;
}

/** The sample program is the first boot module. */
static void load_module(void)
{
    const char *path = getenv("HOSTTEST_SAMPLE");
    FILE *file = path == NULL ? NULL : fopen(path, "rb");
    size_t most = HOST_MEMORY_START - PROGRAM_START;
    size_t size;

    EXPECT(file != NULL, "HOSTTEST_SAMPLE has to name a program file");
    size = fread(paging_window(PROGRAM_START), 1, most, file);
    fclose(file);
    EXPECT(size < most, "the sample program is too large");
    modules.count = 1;
    modules.items[0].memory = (struct memory_range){PROGRAM_START, PROGRAM_START + size};
    strcpy(modules.items[0].name, "root");
}

static void leave(struct context *saved)
{
    (void)saved;
    sched_leave();
}

/** Lets whoever is to run be the current thread. */
void stage_settle(void)
{
    EXPECT(host_enter(leave), "sched_leave() returns");
}

/** Starts the kernel on memory of this size, up to the root task's first instruction. */
void stage_boot(size_t bytes)
{
    host_memory_start(bytes);
    load_module();
    program_start_first();
    host_threads_start();
    stage_settle();
}
