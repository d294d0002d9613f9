/**
 * @file
 * A kernel with capabilities that never runs: the variables that the grader reads, of the real
 * kernel's types. The unit tests fill them, as a machine in order has them, and break that.
 */
#include "abi/root.h"
#include "arch/boot.h"
#include "ipc/endpoint.h"
#include "mm/memory.h"
#include "object/object.h"
#include "task/sched.h"

#define LINES 16

char guard[4096] __attribute__((aligned(4096)));

void small_function(void);

void small_function(void)
{
    __asm__ volatile("nop");
}

struct slot cap_origin;
struct slot bound[LINES];
unsigned capabilities[LINES];

struct thread *root_task;
struct thread *timeout_first;
struct notification notification_none;
struct thread idle = {.state = THREAD_READY, .name = "idle", .bound = &notification_none};
struct scheduler sched = {.idle = &idle};

uint64_t kernel_root;
uint64_t spaces[32];
struct memory_map memory_free;
struct boot_info boot_info = {.memory = {{0x100000, 0x800000}}, .memory_count = 1};

/* Types of what stands in memory. */
struct endpoint *an_endpoint;
struct cnode *a_cnode;
struct space *a_space;
struct root_info *a_root_info;
