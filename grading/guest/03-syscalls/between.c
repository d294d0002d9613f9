/**
 * @file
 * Between the parts of the kernel. The file link.options has the linker send some calls from one
 * source file to another here (ld's --wrap): in a kernel with these tests no system call is made
 * and no program is started but by a test, so the test's functions are the only ones.
 *
 * A test begins in the place of sched_start(), with interrupts off; syscall_init is no init step of
 * this kernel, but called by its own test.
 */
#include "between.h"

struct guest_between guest_between;

/* The names are the linker's: a call of x goes to __wrap_x, and __real_x is x. */
void __wrap_syscall_init(void);
void *__wrap_user_memory_find(uintptr_t address, unsigned rights);
enum error __wrap_program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                                   uint8_t **view);
void __wrap_program_end(struct thread *thread, int64_t status);

void __wrap_syscall_init(void)
{
}

void *__wrap_user_memory_find(uintptr_t address, unsigned rights)
{
    return guest_between.user_memory_find(address, rights);
}

enum error __wrap_program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                                   uint8_t **view)
{
    return guest_between.program_add_page(thread, address, rights, view);
}

void __wrap_program_end(struct thread *thread, int64_t status)
{
    guest_between.program_end(thread, status);
}
