/**
 * @file
 * The fuzzer's calls about frames, threads, interrupt lines and I/O ports.
 */
#pragma once

#include "device.h"
#include "fuzz_pick.h"

#define OWN_LEVEL 20u     /* the fuzzer's */
#define ARENA (1ul << 40) /* the fuzzer's addresses: two entries of every level from here on */
#define ARENA_PAGES 24u   /* of each table of the lowest level */
#define FIRST_PORT 0x80ul /* ports that do nothing: the POST card's, which no machine has */
#define LAST_PORT 0x83ul
#define RFLAGS_FREE 0xCD5ul
#define RFLAGS_FIXED 0x202ul

/** Mostly an address of the fuzzer's arena, which the model can follow. */
static inline uint64_t any_address(void)
{
    static const uint64_t borders[] = {0,
                                       MEMORY_END - PAGE_SIZE + 1,
                                       MEMORY_END,
                                       0x0000800000000000u,
                                       0xFFFF800000000000u,
                                       0xFFFFFFFF80100000u,
                                       UINT64_MAX - 4095};
    uint64_t tables = below(2) << 39 | below(2) << 30 | below(2) << 21;

    if (one_in(12)) {
        return one_in(2) ? borders[below(sizeof(borders) / sizeof(borders[0]))]
                         : ARENA + 1 + below(PAGE_SIZE - 1);
    }
    return ARENA + tables + below(ARENA_PAGES) * PAGE_SIZE;
}

/** Why a frame cannot be mapped, whatever else is mapped; ERROR_NONE if it can. */
static inline enum error map_error(const struct entry *frame, int space, uint64_t address,
                                   uint64_t rights)
{
    if (address % PAGE_SIZE != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (address < MEMORY_START || address >= MEMORY_END) {
        return ERROR_BAD_ADDRESS;
    }
    if ((rights & MEMORY_READ) == 0 || rights > RIGHTS_ALL ||
        (rights & MEMORY_WRITE && rights & MEMORY_EXECUTE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (rights & ~(uint64_t)frame->rights) {
        return ERROR_NO_RIGHT;
    }
    return frame->space < 0 || (frame->space == space && frame->badge == address) ? ERROR_NONE
                                                                                  : ERROR_BUSY;
}

static inline void try_map(void)
{
    static const uint64_t usual[] = {MEMORY_READ, MEMORY_READ | MEMORY_WRITE,
                                     MEMORY_READ | MEMORY_EXECUTE};
    struct where frame = pick(OBJECT_FRAME), space = pick(OBJECT_SPACE);
    uint64_t address = one_in(6) && at(frame)->badge != 0 ? at(frame)->badge : any_address();
    uint64_t rights = one_in(12) ? absurd() : usual[below(3)];
    enum error expected = ERROR_BAD_SLOT;

    if (at(frame)->kind == OBJECT_FRAME && at(space)->kind == OBJECT_SPACE) {
        expected = map_error(at(frame), at(space)->object, address, rights);
        if (expected == ERROR_NONE && at(frame)->space < 0) {
            expected = model_map(&model.places[frame.place], at(space)->object, address);
        }
    }
    expect_error(frame_map(slot_at(frame), slot_at(space), address, rights), expected);
    compare(frame);
    compare(space);
}

static inline void try_unmap(void)
{
    struct where frame = pick(OBJECT_FRAME);
    enum error expected = at(frame)->kind == OBJECT_FRAME ? ERROR_NONE : ERROR_BAD_SLOT;

    if (expect_error(frame_unmap(slot_at(frame)), expected)) {
        model.places[frame.place].space = -1;
        model.places[frame.place].badge = 0;
    }
    compare(frame);
}

/** The place of a thread's part. */
static inline struct entry *part_of(int thread, enum part part)
{
    return &model.places[PLACE_PARTS + PARTS * thread + part];
}

static inline bool is_whole(int thread)
{
    return part_of(thread, PART_CSPACE)->kind != 0 && part_of(thread, PART_SPACE)->kind != 0 &&
           part_of(thread, PART_BUFFER)->kind != 0;
}

static inline enum error configure_error(struct where thread, const struct where parts[PARTS])
{
    static const uint8_t kinds[] = {OBJECT_CNODE, OBJECT_SPACE, OBJECT_FRAME};
    const struct entry *buffer = at(parts[PART_BUFFER]);

    if (at(thread)->kind != OBJECT_THREAD) {
        return ERROR_BAD_SLOT;
    }
    for (unsigned i = 0; i < PARTS; i++) {
        if (parts[i].address != 0 && at(parts[i])->kind != kinds[i]) {
            return ERROR_BAD_SLOT;
        }
    }
    for (unsigned i = 0; i < PARTS; i++) {
        if (parts[i].address != 0 && part_of(at(thread)->object, (enum part)i)->kind != 0) {
            return ERROR_BUSY;
        }
    }
    if (parts[PART_BUFFER].address != 0 && buffer->pages != 1) {
        return ERROR_INVALID_ARGUMENT;
    }
    return parts[PART_BUFFER].address != 0 && (buffer->rights & 3) != 3 ? ERROR_NO_RIGHT
                                                                        : ERROR_NONE;
}

static inline void try_configure(void)
{
    const struct where none = {0, PLACE_NONE, PLACE_NONE};
    struct where thread = pick(OBJECT_THREAD);
    struct where parts[PARTS] = {one_in(3) ? none : pick(OBJECT_CNODE),
                                 one_in(3) ? none : pick(OBJECT_SPACE),
                                 one_in(3) ? none : pick(OBJECT_FRAME)};
    enum error expected = configure_error(thread, parts);

    if (expect_error(thread_configure(slot_at(thread), slot_at(parts[0]), slot_at(parts[1]),
                                      slot_at(parts[2])),
                     expected)) {
        for (int i = 0; i < PARTS; i++) {
            if (parts[i].address != 0) {
                model_put(PLACE_PARTS + PARTS * at(thread)->object + i,
                          model_copy_of(parts[i].place), parts[i].place);
            }
        }
    }
}

static inline bool is_program_address(uint64_t address)
{
    return address >= MEMORY_START && address < MEMORY_END;
}

static inline void try_start(void)
{
    struct where where = pick(OBJECT_THREAD);
    uint64_t entry = any_address(), stack = any_address(), argument = absurd();
    struct model_thread *thread = &model.threads[at(where)->object];
    enum error expected = ERROR_NONE;

    if (at(where)->kind != OBJECT_THREAD) {
        expected = ERROR_BAD_SLOT;
    } else if (!is_program_address(entry) || stack < MEMORY_START || stack > MEMORY_END ||
               stack % 16 != 0) {
        expected = ERROR_INVALID_ARGUMENT;
    } else if (thread->state == 2) {
        expected = ERROR_BUSY;
    } else if (!is_whole(at(where)->object)) {
        expected = ERROR_BAD_SLOT;
    } else if (thread->level >= OWN_LEVEL) {
        return; /* it would run */
    }
    if (expect_error(thread_start(slot_at(where), entry, stack, argument), expected)) {
        thread->state = 2;
        for (unsigned i = 0; i < THREAD_FACTS; i++) {
            thread->registers[i] = 0;
        }
        thread->registers[THREAD_FACT_RIP] = entry;
        thread->registers[THREAD_FACT_RSP] = stack - 8;
        thread->registers[THREAD_FACT_RFLAGS] = RFLAGS_FIXED;
        thread->registers[THREAD_FACT_RDI] = argument;
        thread->registers[THREAD_FACT_RSI] = MEMORY_BUFFER;
    }
}

static inline void try_stop(void)
{
    struct where where = pick(OBJECT_THREAD);
    bool is_thread = at(where)->kind == OBJECT_THREAD;

    if (expect_error(thread_stop(slot_at(where)), is_thread ? ERROR_NONE : ERROR_BAD_SLOT)) {
        model.threads[at(where)->object].state = 0;
    }
}

static inline void try_resume(void)
{
    struct where where = pick(OBJECT_THREAD);
    struct model_thread *thread = &model.threads[at(where)->object];
    enum error expected = ERROR_NONE;

    if (at(where)->kind != OBJECT_THREAD || !is_whole(at(where)->object)) {
        expected = ERROR_BAD_SLOT;
    } else if (thread->state != 0 || thread->registers[THREAD_FACT_RIP] == 0) {
        expected = ERROR_BUSY;
    } else if (thread->level >= OWN_LEVEL) {
        return;
    }
    if (expect_error(thread_resume(slot_at(where)), expected)) {
        thread->state = 2;
    }
}

static inline void try_set_priority(void)
{
    struct where where = pick(OBJECT_THREAD);
    uint64_t level = one_in(16) ? absurd() : below(PRIORITY_LEVELS);
    enum error expected = ERROR_NONE;

    if (at(where)->kind != OBJECT_THREAD) {
        expected = ERROR_BAD_SLOT;
    } else if (level >= PRIORITY_LEVELS) {
        expected = ERROR_INVALID_ARGUMENT;
    } else if (level > OWN_LEVEL) {
        expected = ERROR_NO_RIGHT;
    } else if (level == OWN_LEVEL) {
        return; /* it would have turns */
    }
    if (expect_error(thread_set_priority(slot_at(where), level), expected)) {
        model.threads[at(where)->object].level = (uint8_t)level;
    }
}

/** Why a thread's register cannot be looked at; ERROR_NONE if it can. */
static inline enum error register_error(struct where thread, uint64_t which)
{
    if (at(thread)->kind != OBJECT_THREAD) {
        return ERROR_BAD_SLOT;
    }
    if (which == THREAD_FACT_STATE || which >= THREAD_FACTS) {
        return ERROR_INVALID_ARGUMENT;
    }
    return model.threads[at(thread)->object].state == 2 ? ERROR_BUSY : ERROR_NONE;
}

static inline uint64_t any_register(void)
{
    return one_in(12) ? absurd() : below(THREAD_FACTS);
}

static inline void try_thread_read(void)
{
    struct where thread = pick(OBJECT_THREAD);
    uint64_t which = any_register();
    const struct model_thread *known = &model.threads[at(thread)->object];
    struct call_result read = thread_read(slot_at(thread), which);

    if (which == THREAD_FACT_STATE && at(thread)->kind == OBJECT_THREAD) {
        expect_word("a thread's state", read.value, known->state);
        expect_error(read.error, ERROR_NONE);
    } else if (expect_error(read.error, register_error(thread, which))) {
        expect_word("a thread's register", read.value, known->registers[which]);
    }
}

static inline void try_thread_write(void)
{
    struct where thread = pick(OBJECT_THREAD);
    uint64_t which = any_register(), value = one_in(2) ? absurd() : any_address();
    enum error expected = register_error(thread, which);

    if (expected == ERROR_NONE && which == THREAD_FACT_RIP && !is_program_address(value)) {
        expected = ERROR_BAD_ADDRESS;
    }
    if (expect_error(thread_write(slot_at(thread), which, value), expected)) {
        model.threads[at(thread)->object].registers[which] =
            which == THREAD_FACT_RFLAGS ? (value & RFLAGS_FREE) | RFLAGS_FIXED : value;
    }
}

static inline void try_set_name(void)
{
    struct where thread = pick(OBJECT_THREAD);
    uint64_t length = one_in(6) ? absurd() : 1 + below(15);
    bool is_name = !one_in(6);
    const char *name = is_name ? "made by a fuzzer" : (const char *)any_address();
    enum error expected = ERROR_NONE;

    if (at(thread)->kind != OBJECT_THREAD) {
        expected = ERROR_BAD_SLOT;
    } else if (length == 0 || length > 15) {
        expected = ERROR_INVALID_ARGUMENT;
    } else if (!is_name) {
        expected = ERROR_BAD_ADDRESS;
    }
    expect_error(thread_set_name(slot_at(thread), name, length), expected);
}

static inline void try_bind_line(void)
{
    struct where line = pick(OBJECT_IRQ), notification = pick_own(OBJECT_NOTIFICATION);
    const struct entry *bound = &model.places[PLACE_LINES + at(line)->badge % LINES];
    enum error expected = ERROR_NONE;

    if (at(line)->kind != OBJECT_IRQ || at(notification)->kind != OBJECT_NOTIFICATION) {
        expected = ERROR_BAD_SLOT;
    } else if ((at(notification)->rights & RIGHT_SEND) == 0) {
        expected = ERROR_NO_RIGHT;
    } else if (bound->kind != 0) {
        expected = ERROR_BUSY;
    }
    if (expect_error(irq_bind(slot_at(line), slot_at(notification)), expected)) {
        model_put(PLACE_LINES + (int)at(line)->badge, model_copy_of(notification.place),
                  notification.place);
    }
    compare(notification);
}

static inline void try_acknowledge(void)
{
    struct where line = pick(OBJECT_IRQ);
    enum error expected = ERROR_NONE;

    if (at(line)->kind != OBJECT_IRQ) {
        expected = ERROR_BAD_SLOT;
    } else if (model.places[PLACE_LINES + at(line)->badge].kind == 0) {
        expected = ERROR_INVALID_ARGUMENT;
    }
    expect_error(irq_acknowledge(slot_at(line)), expected);
}

static inline void try_port(void)
{
    struct where ports = pick(OBJECT_PORTS);
    uint64_t port = one_in(12) ? absurd() | 1ul << 16 : FIRST_PORT - 2 + below(8);
    uint64_t bytes = one_in(12) ? absurd() : 1ul << below(3);
    uint64_t first = at(ports)->badge >> 16, last = at(ports)->badge & 0xFFFF;
    enum error expected = ERROR_NONE;

    if (at(ports)->kind != OBJECT_PORTS) {
        expected = ERROR_BAD_SLOT;
    } else if (bytes != 1 && bytes != 2 && bytes != 4) {
        expected = ERROR_INVALID_ARGUMENT;
    } else if (port < first || port > last || bytes - 1 > last - port) {
        expected = ERROR_NO_RIGHT;
    }
    if (one_in(2)) {
        expect_error(port_write(slot_at(ports), port, bytes, absurd()), expected);
    } else {
        expect_error(port_read(slot_at(ports), port, bytes).error, expected);
    }
}
