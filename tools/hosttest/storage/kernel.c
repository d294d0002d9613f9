/**
 * @file
 * Stand-ins for the kernel's calls, as far as the storage driver makes them.
 */
#include "kernel.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "buffer.h"
#include "capability.h"
#include "clock.h"
#include "device.h"
#include "notification.h"
#include "print.h"
#include "server.h"
#include "task.h"

#include "machine.h"

#define SLOTS 96u
#define PAGE 4096u
#define OWN_FRAME (FRAME_NUMBERS - 1) /* the one that the driver makes */

/** A capability. */
struct held {
    unsigned kind;
    uint64_t rights;
    unsigned number; /* of the frame, of the signal */
    uint64_t first, pages;
    uint64_t address; /* where it is mapped; 0: nowhere */
};

/** A frame: a file in memory, so that it can be mapped in several places. */
struct frame {
    int file;
    uint64_t physical, pages;
    uint8_t *bytes;
};

static struct held slots[SLOTS];
static struct frame frames[FRAME_NUMBERS];
static uint64_t lost[16]; /* addresses where a mapping has gone: empty pages are there now */
static unsigned lost_count;
static uint64_t milliseconds;
static bool acknowledged = true;

static struct ipc_buffer buffer;
struct ipc_buffer *ipc_buffer = &buffer;

_Noreturn void wrong(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vfprintf(stderr, format, values);
    fputs("\n", stderr);
    fflush(stdout);
    abort();
}

uint8_t *kernel_frame(unsigned number)
{
    return frames[number].bytes;
}

uint64_t kernel_frame_bytes(unsigned number)
{
    return frames[number].pages * PAGE;
}

void kernel_make_frame(unsigned number, uint64_t pages, uint64_t physical)
{
    struct frame *frame = &frames[number];

    *frame = (struct frame){memfd_create("frame", 0), physical, pages, NULL};
    if (frame->file < 0 || ftruncate(frame->file, (off_t)(pages * PAGE)) != 0) {
        wrong("no memory for a frame");
    }
    frame->bytes = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, frame->file, 0);
}

/** @return the memory at a physical address; the driver may have given the bus master no other */
uint8_t *memory_at(uint64_t physical, size_t bytes)
{
    for (unsigned i = 0; i < FRAME_NUMBERS; i++) {
        uint64_t offset = physical - frames[i].physical;

        if (physical >= frames[i].physical && offset + bytes <= frames[i].pages * PAGE) {
            return frames[i].bytes + offset;
        }
    }
    wrong("there is no memory at %lx", (unsigned long)physical);
}

void kernel_give_frame(uint64_t into, unsigned number, uint64_t rights)
{
    slots[into] = (struct held){OBJECT_FRAME, rights, number, 0, frames[number].pages, 0};
}

void kernel_give_signal(uint64_t into, unsigned number, uint64_t rights)
{
    slots[into] = (struct held){OBJECT_NOTIFICATION, rights, number, 0, 0, 0};
}

/** A client has ended: what it has given goes. Where its memory was seen the root task puts empty
 * pages when they are used. */
void kernel_take_back(unsigned frame, unsigned signal)
{
    for (struct held *held = slots; held < slots + SLOTS; held++) {
        if (held->kind == OBJECT_NOTIFICATION && held->number == signal) {
            *held = (struct held){0};
        }
        if (held->kind == OBJECT_FRAME && held->number == frame) {
            if (held->address != 0) {
                mmap((void *)held->address, held->pages * PAGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
                lost[lost_count++ % 16] = held->address;
            }
            *held = (struct held){0};
        }
    }
}

uint64_t kernel_time(void)
{
    return milliseconds;
}

/** @return how many frames the driver sees that are not its own */
unsigned kernel_mapped(void)
{
    unsigned count = 0;

    for (const struct held *held = slots; held < slots + SLOTS; held++) {
        count += held->kind == OBJECT_FRAME && held->address != 0 && held->number != OWN_FRAME;
    }
    return count;
}

void kernel_pass_time(uint64_t time)
{
    milliseconds += time;
}

/** @return whether the line may interrupt */
bool kernel_take_acknowledged(void)
{
    bool was = acknowledged;

    acknowledged = false;
    return was;
}

/* The calls. */

static struct held *held_in(slot slot)
{
    if (slot.number == 0 || slot.number >= SLOTS) {
        wrong("slot %lu is none", (unsigned long)slot.number);
    }
    return &slots[slot.number];
}

enum error slot_copy(slot to, slot from, uint64_t rights, uint64_t badge)
{
    struct held *source = held_in(from), *copy = held_in(to);

    if (source->kind == 0 || copy->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *copy = *source;
    copy->rights &= rights;
    copy->address = 0;
    if (source->kind == OBJECT_FRAME && badge != 0) {
        copy->first += badge >> 16;
        copy->pages = badge & 0xFFFF;
        if ((badge >> 16) + copy->pages > source->pages) {
            wrong("a part of a frame that it does not have");
        }
    }
    return ERROR_NONE;
}

enum error slot_delete(slot slot)
{
    struct held *held = held_in(slot);

    if (held->kind == OBJECT_FRAME && held->address != 0) {
        munmap((void *)held->address, held->pages * PAGE);
    }
    *held = (struct held){0};
    return ERROR_NONE;
}

enum error slot_move(slot to, slot from)
{
    if (held_in(from)->kind == 0 || held_in(to)->kind != 0) {
        return ERROR_BAD_SLOT;
    }
    *held_in(to) = *held_in(from);
    *held_in(from) = (struct held){0};
    return ERROR_NONE;
}

struct call_result slot_read(slot slot, enum slot_fact what)
{
    const struct held *held = held_in(slot);

    switch (what) {
    case SLOT_READ_KIND:
        return (struct call_result){ERROR_NONE, held->kind | held->rights << 8};
    case SLOT_READ_SIZE:
        return (struct call_result){ERROR_NONE, held->pages};
    case SLOT_READ_ADDRESS:
        return (struct call_result){
            ERROR_NONE,
            held->kind == OBJECT_FRAME ? frames[held->number].physical + held->first * PAGE : 0};
    default:
        return (struct call_result){ERROR_INVALID_ARGUMENT, 0};
    }
}

enum error object_create(enum object_kind kind, uint64_t size, slot into)
{
    if (kind != OBJECT_FRAME) {
        wrong("an object of kind %u", kind);
    }
    kernel_make_frame(OWN_FRAME, size, 0x7000);
    kernel_give_frame(into.number, OWN_FRAME, RIGHTS_ALL);
    return ERROR_NONE;
}

enum error frame_map(slot frame, slot space, uint64_t address, uint64_t rights)
{
    struct held *held = held_in(frame);

    for (unsigned i = 0; i < lost_count && i < 16; i++) {
        if (lost[i] == address) {
            return ERROR_BUSY;
        }
    }
    if (held->kind != OBJECT_FRAME || space.number != SLOT_OWN_SPACE || held->address != 0) {
        return ERROR_BAD_SLOT;
    }
    if (rights & ~held->rights) {
        return ERROR_NO_RIGHT;
    }
    held->address = address;
    mmap((void *)address, held->pages * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
         frames[held->number].file, (off_t)(held->first * PAGE));
    return ERROR_NONE;
}

enum error notification_create(slot into)
{
    kernel_give_signal(into.number, 0, RIGHTS_ALL);
    return ERROR_NONE;
}

enum error notification_signal(slot notification)
{
    const struct held *held = held_in(notification);

    if (held->kind != OBJECT_NOTIFICATION) {
        return ERROR_BAD_SLOT;
    }
    printf("signal %u\n", held->number);
    return ERROR_NONE;
}

enum error notification_bind(slot notification)
{
    (void)notification;
    return ERROR_NONE;
}

enum error irq_bind(slot irq, slot notification)
{
    (void)notification;
    return irq.number == SLOT_OWN_IRQ + 14 ? ERROR_NONE : ERROR_BAD_SLOT;
}

enum error irq_acknowledge(slot irq)
{
    (void)irq;
    acknowledged = true;
    return ERROR_NONE;
}

/** The ranges of storage.needs. */
static bool may_use(slot ports, uint64_t port)
{
    static const uint16_t ranges[][2] = {
        {0x1F0, 0x1F7}, {0x3F6, 0x3F6}, {0xCF8, 0xCFF}, {0xF000, 0xF00F}};
    uint64_t range = ports.number - SLOT_OWN_PORTS;

    return range < 4 && port >= ranges[range][0] && port <= ranges[range][1];
}

struct call_result port_read(slot ports, uint64_t port, uint64_t bytes)
{
    if (!may_use(ports, port)) {
        wrong("port %lx is not for slot %lu", (unsigned long)port, (unsigned long)ports.number);
    }
    return (struct call_result){ERROR_NONE, port_in(port, bytes)};
}

enum error port_write(slot ports, uint64_t port, uint64_t bytes, uint64_t value)
{
    if (!may_use(ports, port)) {
        wrong("port %lx is not for slot %lu", (unsigned long)port, (unsigned long)ports.number);
    }
    port_out(port, bytes, (uint32_t)value);
    return ERROR_NONE;
}

struct call_result clock_read(void)
{
    return (struct call_result){ERROR_NONE, milliseconds};
}

enum error task_sleep(uint64_t time)
{
    milliseconds += time;
    return ERROR_NONE;
}

void print(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    fputs("log ", stdout);
    vprintf(format, values);
    va_end(values);
}

const char *error_name(enum error error)
{
    (void)error;
    return "an error";
}
