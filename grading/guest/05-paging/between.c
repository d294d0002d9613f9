/**
 * @file
 * Between the parts of the kernel. The file link.options has the linker send the calls of some
 * functions from other files here (ld's --wrap), so that each exercise can be tested although the
 * others are not written yet.
 */
#include "between.h"

struct guest_between guest_between;

/* The names are the linker's: a call of x goes to __wrap_x, and __real_x is x. */
uint64_t __real_page_table_take(void);
void __real_page_table_give(uint64_t table);
void __real_page_frame_drop(uint64_t frame);
bool __real_frame_uses_add(uint64_t frame);
bool __real_frame_uses_is_single(uint64_t frame);
void __real_frame_uses_drop(uint64_t frame);
uint64_t __real_page_find(uint64_t root, uintptr_t address, unsigned *rights);
enum error __real_page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights);
uint64_t __real_page_unmap(uint64_t root, uintptr_t address);
enum error __real_endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                                bool is_call, uint64_t timeout);

uint64_t __wrap_page_table_take(void);
void __wrap_page_table_give(uint64_t table);
void __wrap_page_frame_drop(uint64_t frame);
bool __wrap_frame_uses_add(uint64_t frame);
bool __wrap_frame_uses_is_single(uint64_t frame);
void __wrap_frame_uses_drop(uint64_t frame);
uint64_t __wrap_page_find(uint64_t root, uintptr_t address, unsigned *rights);
enum error __wrap_page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights);
uint64_t __wrap_page_unmap(uint64_t root, uintptr_t address);
enum error __wrap_endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                                bool is_call, uint64_t timeout);

/** Whichever of the two is to be called. */
#define CHOSEN(name) (guest_between.name != NULL ? guest_between.name : __real_##name)

uint64_t __wrap_page_table_take(void)
{
    return CHOSEN(page_table_take)();
}

void __wrap_page_table_give(uint64_t table)
{
    CHOSEN(page_table_give)(table);
}

void __wrap_page_frame_drop(uint64_t frame)
{
    CHOSEN(page_frame_drop)(frame);
}

bool __wrap_frame_uses_add(uint64_t frame)
{
    return CHOSEN(frame_uses_add)(frame);
}

bool __wrap_frame_uses_is_single(uint64_t frame)
{
    return CHOSEN(frame_uses_is_single)(frame);
}

void __wrap_frame_uses_drop(uint64_t frame)
{
    CHOSEN(frame_uses_drop)(frame);
}

uint64_t __wrap_page_find(uint64_t root, uintptr_t address, unsigned *rights)
{
    return CHOSEN(page_find)(root, address, rights);
}

enum error __wrap_page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    return CHOSEN(page_map)(root, address, frame, rights);
}

uint64_t __wrap_page_unmap(uint64_t root, uintptr_t address)
{
    return CHOSEN(page_unmap)(root, address);
}

enum error __wrap_endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                                bool is_call, uint64_t timeout)
{
    return CHOSEN(endpoint_send)(sender, endpoint, badge, is_call, timeout);
}
