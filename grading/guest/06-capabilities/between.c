/**
 * @file
 * Between the parts of the kernel. The file link.options has the linker send the calls of some
 * functions from other files here (ld's --wrap), so that each exercise can be tested although the
 * others are not written yet.
 */
#include "between.h"

struct guest_between guest_between;

/* The names are the linker's: a call of x goes to __wrap_x, and __real_x is x. Those that never
 * return in the kernel may do so in a test. */
void __real_tree_insert(struct slot *slot, struct slot *parent);
void __real_tree_remove(struct slot *slot);
void __real_tree_adopt(struct slot *child, struct slot *parent);
void __real_tree_move(struct slot *to, struct slot *from);
bool __real_object_release(struct slot *slot);
void __real_reply_drop(struct slot *slot);
enum error __real_slots_copy(struct thread *thread, uint64_t number, struct slot *from,
                             uint64_t rights);
uint64_t __real_cpu_fault_address(void);
enum error __real_fault_send(struct thread *thread, uintptr_t address, unsigned access);
void __real_fault_end_task(const struct context *saved);
void __real_priority_follow(struct thread *thread);
void __real_sched_leave(void);

void __wrap_tree_insert(struct slot *slot, struct slot *parent);
void __wrap_tree_remove(struct slot *slot);
void __wrap_tree_adopt(struct slot *child, struct slot *parent);
void __wrap_tree_move(struct slot *to, struct slot *from);
bool __wrap_object_release(struct slot *slot);
void __wrap_reply_drop(struct slot *slot);
enum error __wrap_slots_copy(struct thread *thread, uint64_t number, struct slot *from,
                             uint64_t rights);
uint64_t __wrap_cpu_fault_address(void);
enum error __wrap_fault_send(struct thread *thread, uintptr_t address, unsigned access);
void __wrap_fault_end_task(const struct context *saved);
void __wrap_priority_follow(struct thread *thread);
void __wrap_sched_leave(void);

/** Whichever of the two is to be called. */
#define CHOSEN(name) (guest_between.name != NULL ? guest_between.name : __real_##name)

void __wrap_tree_insert(struct slot *slot, struct slot *parent)
{
    CHOSEN(tree_insert)(slot, parent);
}

void __wrap_tree_remove(struct slot *slot)
{
    CHOSEN(tree_remove)(slot);
}

void __wrap_tree_adopt(struct slot *child, struct slot *parent)
{
    CHOSEN(tree_adopt)(child, parent);
}

void __wrap_tree_move(struct slot *to, struct slot *from)
{
    CHOSEN(tree_move)(to, from);
}

bool __wrap_object_release(struct slot *slot)
{
    return CHOSEN(object_release)(slot);
}

void __wrap_reply_drop(struct slot *slot)
{
    CHOSEN(reply_drop)(slot);
}

enum error __wrap_slots_copy(struct thread *thread, uint64_t number, struct slot *from,
                             uint64_t rights)
{
    return CHOSEN(slots_copy)(thread, number, from, rights);
}

uint64_t __wrap_cpu_fault_address(void)
{
    return CHOSEN(cpu_fault_address)();
}

enum error __wrap_fault_send(struct thread *thread, uintptr_t address, unsigned access)
{
    return CHOSEN(fault_send)(thread, address, access);
}

void __wrap_fault_end_task(const struct context *saved)
{
    CHOSEN(fault_end_task)(saved);
}

void __wrap_priority_follow(struct thread *thread)
{
    CHOSEN(priority_follow)(thread);
}

void __wrap_sched_leave(void)
{
    CHOSEN(sched_leave)();
}
