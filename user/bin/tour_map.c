/**
 * @file
 * The tour, 4: mapping. A frame is memory, an address space is a view of memory, and each
 * capability to a frame is mapped in one place. So the same memory is at two addresses here; and
 * then in an address space that has nothing else in it but a program of four instructions.
 */
#include "bin/tour.h"

#include "abi/exception.h"
#include "program.h"

#define OWN_SPACE ((slot){SLOT_OWN_SPACE})
#define DATA ((slot){4})
#define READER ((slot){5}) /* a copy of DATA to read with */
#define CODE ((slot){6})
#define OTHER_DATA ((slot){7}) /* copies, for the other address space */
#define OTHER_CODE ((slot){8})
#define OTHER_SPACE ((slot){9})
#define FAULTS ((slot){10})

#define HERE 0x20000000ul
#define THERE 0x30000000ul
#define CODE_AT 0x40000000ul
#define READ_WRITE (MEMORY_READ | MEMORY_WRITE)
#define GENERAL_PROTECTION 13u

static const struct tour_thread thread = {{11}, {12}, {13}};

/** What the other thread runs. Its argument is in RDI: the address of two words. */
static const uint8_t program[] = {
    0x48, 0x8B, 0x07,       /* mov rax, [rdi] */
    0x48, 0x01, 0xC0,       /* add rax, rax */
    0x48, 0x89, 0x47, 0x08, /* mov [rdi + 8], rax */
    0xF4,                   /* hlt, which no program may: so its handler is told */
};

static volatile uint64_t *words_at(uint64_t address)
{
    return (volatile uint64_t *)address;
}

static void show_two_views(uint64_t number)
{
    tour_make(OBJECT_FRAME, 1, DATA);
    tour_do("a copy", slot_copy(READER, DATA, MEMORY_READ, 0));
    tour_do("mapping", frame_map(DATA, OWN_SPACE, HERE, READ_WRITE));
    tour_do("mapping", frame_map(READER, OWN_SPACE, THERE, MEMORY_READ));
    *words_at(HERE) = number;
    print("[tour] A page, mapped twice: I write %lu at 0x%lx, and read %lu at 0x%lx\n", number,
          HERE, *words_at(THERE), THERE);
    tour_expect("the number", number, *words_at(THERE));
    tour_refused("a third place, with no third capability", ERROR_BUSY,
                 frame_map(DATA, OWN_SPACE, CODE_AT, MEMORY_READ));
    tour_refused("to write through the capability that may only read", ERROR_NO_RIGHT,
                 frame_map(READER, OWN_SPACE, THERE, READ_WRITE));
    tour_refused("a page that can be written and executed", ERROR_INVALID_ARGUMENT,
                 frame_map(DATA, OWN_SPACE, HERE, RIGHTS_ALL));
    tour_do("unmapping", frame_unmap(READER));
    tour_expect("where it is mapped", 0, slot_read(READER, SLOT_READ_BADGE).value);
    tour_expect("the number", number, *words_at(HERE));
    print("[tour] It is unmapped at the one address, and stays at the other.\n");
}

/** Makes an address space with two pages in it, the program and its data. */
static void make_space(void)
{
    tour_make(OBJECT_FRAME, 1, CODE);
    tour_do("mapping", frame_map(CODE, OWN_SPACE, CODE_AT, READ_WRITE));
    memcpy((void *)CODE_AT, program, sizeof(program));
    tour_make(OBJECT_SPACE, SPACE_TABLES_MIN + 2, OTHER_SPACE);
    tour_do("a copy", slot_copy(OTHER_CODE, CODE, MEMORY_READ | MEMORY_EXECUTE, 0));
    tour_do("a copy", slot_copy(OTHER_DATA, DATA, READ_WRITE, 0));
    tour_do("code", frame_map(OTHER_CODE, OTHER_SPACE, HERE, MEMORY_READ | MEMORY_EXECUTE));
    tour_do("data", frame_map(OTHER_DATA, OTHER_SPACE, THERE, READ_WRITE));
    print("[tour] In a new address space 0x%lx is a program, and 0x%lx the page of before.\n", HERE,
          THERE);
}

static void run_other(void)
{
    struct message fault;

    tour_make(OBJECT_ENDPOINT, 0, FAULTS);
    tour_thread_make(&thread, OTHER_SPACE, FAULTS, 1);
    tour_do("start", thread_start(thread.thread, HERE, THERE + PAGE_SIZE, THERE));
    tour_do("its end", ipc_recv(FAULTS, &fault, TOUR_PATIENCE));
    tour_expect("its exception", FAULT_EXCEPTION | GENERAL_PROTECTION, fault.words[1]);
    tour_expect("where", HERE + sizeof(program) - 1, fault.words[2]);
}

/** Mapping. @param argument any number below 2^62 @return twice that, by way of the other thread */
int64_t main(uint64_t argument)
{
    uint64_t doubled;

    print("[tour] 4. Mapping: what memory is, and where it is seen, are two things.\n");
    show_two_views(argument);
    make_space();
    run_other();
    doubled = words_at(HERE)[1];
    print("[tour] A thread has run there, doubled the number, and halted: I read %lu\n", doubled);
    tour_do("revoke", slot_revoke((slot){SLOT_OWN_MEMORY}));
    tour_expect("the thread's slot", 0, slot_kind(thread.thread));
    print("[tour] My memory is revoked: thread, address space and pages are gone.\n");
    return tour_end(doubled);
}
