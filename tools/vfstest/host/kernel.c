/**
 * @file
 * Stand-ins for the kernel: slots, notifications, frames, the clock, and what is printed.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "abi/capability.h"
#include "capability.h"
#include "clock.h"
#include "endpoint.h"
#include "first_task.h"
#include "host.h"
#include "log.h"
#include "memory.h"
#include "notification.h"
#include "print.h"
#include "task.h"

#define SANITIZERS_BEGIN 0x600000000000ul /* addresses that the sanitizer has for itself */
#define SANITIZERS_END 0x640000000000ul

static struct host_slot slots[HOST_SLOTS];
uint64_t host_milliseconds = 1000, host_signals;

/** Ends the program: the harness has been asked for what it does not know. */
noreturn void host_fail(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    fflush(stdout);
    fprintf(stderr, "vfstest: ");
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
    abort();
}

/** @return a slot's contents */
struct host_slot *host_slot_at(slot slot)
{
    if (slot.number >= HOST_SLOTS) {
        host_fail("slot %lu is none", slot.number);
    }
    return &slots[slot.number];
}

/** Fills the slots that a program finds. */
void host_slots_begin(void)
{
    *host_slot_at(SLOT_PAGER) = (struct host_slot){.kind = OBJECT_ENDPOINT, .object = HOST_ROOT};
    slots[SLOT_OWN_SPACE].kind = OBJECT_SPACE;
    slots[SLOT_OWN_CALLS] = (struct host_slot){.kind = OBJECT_ENDPOINT, .object = HOST_STORAGE};
}

enum error slot_copy(slot to, slot from, uint64_t rights, uint64_t badge)
{
    struct host_slot *source = host_slot_at(from), *target = host_slot_at(to);

    (void)rights;
    if (source->kind == 0 || source->kind == OBJECT_REPLY || target->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *target = *source;
    target->badge = badge != 0 ? badge : source->badge;
    return ERROR_NONE;
}

enum error slot_move(slot to, slot from)
{
    struct host_slot *source = host_slot_at(from), *target = host_slot_at(to);

    if (source->kind == 0 || source->kind == OBJECT_REPLY || target->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *target = *source;
    *source = (struct host_slot){.kind = 0};
    return ERROR_NONE;
}

enum error slot_delete(slot slot)
{
    struct host_slot *at = host_slot_at(slot);
    bool was_empty = at->kind == 0;

    *at = (struct host_slot){.kind = 0};
    return was_empty ? ERROR_BAD_SLOT : ERROR_NONE;
}

struct call_result slot_read(slot slot, enum slot_fact what)
{
    const struct host_slot *at = host_slot_at(slot);

    return (struct call_result){ERROR_NONE, what == SLOT_READ_KIND ? at->kind : at->badge};
}

static enum error make(slot into, struct host_slot content)
{
    if (host_slot_at(into)->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *host_slot_at(into) = content;
    return ERROR_NONE;
}

enum error object_create(enum object_kind kind, uint64_t size, slot into)
{
    (void)size;
    return make(into, (struct host_slot){.kind = kind});
}

enum error endpoint_create(slot into)
{
    return make(into, (struct host_slot){.kind = OBJECT_ENDPOINT, .object = HOST_VFS});
}

enum error notification_create(slot into)
{
    return make(into, (struct host_slot){.kind = OBJECT_NOTIFICATION});
}

enum error notification_bind(slot notification)
{
    return host_slot_at(notification)->kind == OBJECT_NOTIFICATION ? ERROR_NONE : ERROR_BAD_SLOT;
}

enum error notification_signal(slot notification)
{
    const struct host_slot *at = host_slot_at(notification);

    if (at->kind != OBJECT_NOTIFICATION) {
        return ERROR_BAD_SLOT;
    }
    if (at->object == HOST_OWN_NOTIFICATION) {
        host_signals |= at->badge;
    } else {
        printf("n %lu\n", at->object);
    }
    return ERROR_NONE;
}

/** Memory of a frame is where it is mapped; that is all that there is of it. */
enum error frame_map(slot frame, slot space, uint64_t address, uint64_t rights)
{
    size_t size = 512 * PAGE_SIZE;

    (void)space;
    (void)rights;
    if (address >= SANITIZERS_BEGIN && address < SANITIZERS_END) {
        host_fail("a frame is to be mapped where the address sanitizer has its own memory "
                  "(0x6000... to 0x63FF...): take 0x200000000000");
    }
    if (mmap((void *)address, size, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)address) {
        return ERROR_BAD_ADDRESS;
    }
    host_slot_at(frame)->memory = (void *)address;
    return ERROR_NONE;
}

enum error frame_unmap(slot frame)
{
    (void)frame;
    return ERROR_NONE;
}

struct call_result clock_read(void)
{
    return (struct call_result){ERROR_NONE, host_milliseconds};
}

struct call_result log_read(uint64_t position)
{
    static const char log[] = "the log of the host\n----";
    uint64_t value = 0;

    if (position >= sizeof(log) - 5) {
        return (struct call_result){ERROR_NO_MEMORY, 0};
    }
    memcpy(&value, log + position, sizeof(value));
    return (struct call_result){ERROR_NONE, value};
}

void print(const char *format, ...)
{
    char text[PRINT_MAX];
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    text[strcspn(text, "\n")] = '\0';
    printf("# %s\n", text);
}

noreturn void task_finish(int64_t status)
{
    host_fail("the server has ended itself, with %ld", status);
}
