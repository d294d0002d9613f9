/**
 * @file
 * The tour, the end: a story of one page. Its owner derives a capability that may only read, and
 * sends it to another task. That one maps it and reads; it writes, which is a fault; and when the
 * owner revokes the page under its feet, reading is a fault, too.
 *
 * Both tasks are this program. The borrower lets a thread of its own touch the page, whose faults
 * it handles itself: so it survives what it does, and can tell the owner.
 */
#include "bin/tour.h"

#include "abi/exception.h"
#include "buffer.h"
#include "program.h"

#define SPACE ((slot){SLOT_OWN_SPACE})
#define READ_WRITE (MEMORY_READ | MEMORY_WRITE)

/* The owner's slots. */
#define PAGE ((slot){4})
#define LENT ((slot){5})
#define TALK ((slot){6})
#define OWNER_AT 0x20000000ul

/* The borrower's slots. */
#define BORROWED ((slot){4})
#define FAULTS ((slot){5})
#define OWNER ((slot){6}) /* who waits for an answer */
#define BORROWER_AT 0x30000000ul

static const struct tour_thread thread = {{7}, {8}, {9}};
static struct tour_stack stack;

/* --- The borrower. --- */

/** The borrower's second thread. In the end it does what no program may, which is a fault, too. */
static void touch(uint64_t access)
{
    volatile uint64_t *word = (volatile uint64_t *)BORROWER_AT;
    uint64_t found = 0;

    if (access == MEMORY_WRITE) {
        *word = 0;
    } else {
        found = *word;
    }
    for (;;) {
        __asm__ volatile("hlt" : : "a"(found));
    }
}

/** Touches the page. Words 0 and 1: what has happened, as a fault tells it; word 2: what it read */
static struct message attempt(uint64_t access)
{
    struct message fault = {0};

    tour_thread_run(&thread, touch, &stack, access);
    tour_do("its fault", ipc_recv(FAULTS, &fault, TOUR_PATIENCE));
    fault.words[2] = thread_read(thread.thread, THREAD_FACT_RAX).value;
    fault.info = info_make(0, 3);
    tour_do("stopping", thread_stop(thread.thread));
    return fault;
}

static int64_t borrow(void)
{
    struct message message;

    tour_make(OBJECT_ENDPOINT, 0, FAULTS);
    tour_thread_make(&thread, SPACE, FAULTS, 1);
    ipc_buffer->receive_slot = BORROWED.number;
    for (int i = 0; i < 3; i++) {
        tour_do("a wish", ipc_recv(SLOT_NAMES, &message, TOUR_PATIENCE));
        tour_do("to answer later", reply_save(OWNER));
        if (message.info & MESSAGE_TRANSFER) {
            tour_refused("there, to map it for writing", ERROR_NO_RIGHT,
                         frame_map(BORROWED, SPACE, BORROWER_AT, READ_WRITE));
            tour_do("mapping", frame_map(BORROWED, SPACE, BORROWER_AT, MEMORY_READ));
        }
        message = attempt(info_label(message.info));
        tour_do("answer", ipc_reply(OWNER, &message));
    }
    return tour_end(slot_kind(BORROWED));
}

/* --- The owner. --- */

/** Has the borrower touch the page. @param with info_transfer(), or 0 */
static struct message ask(uint32_t access, uint64_t with)
{
    struct message message = {.info = info_make(access, 0) | with};

    tour_do("a wish", ipc_call(TALK, &message, TOUR_PATIENCE));
    return message;
}

/** A wish that ends in a page fault. */
static void ask_in_vain(const char *what, uint32_t access)
{
    struct message fault = ask(access, 0);

    print("[tour] %s: its thread has a page fault at 0x%lx, access %lu.\n", what, fault.words[0],
          fault.words[1]);
    tour_expect("address", BORROWER_AT, fault.words[0]);
    tour_expect("access", access, fault.words[1]);
}

/** The story. @param argument any number below 2^62 @return twice that, by way of the page */
int64_t main(uint64_t argument)
{
    volatile uint64_t *word = (volatile uint64_t *)OWNER_AT;
    struct message message;
    task_id borrower;

    if (argument == TOUR_PARTNER) {
        return borrow();
    }
    tour_make(OBJECT_FRAME, 1, PAGE);
    tour_make(OBJECT_ENDPOINT, 0, TALK);
    tour_do("mapping", frame_map(PAGE, SPACE, OWNER_AT, READ_WRITE));
    *word = argument;
    tour_do("a copy", slot_copy(LENT, PAGE, MEMORY_READ, 0));
    print("[tour] A story. I own a page, with %lu in it, and derive a capability to read it.\n",
          argument);
    borrower = tour_partner("tour_story", TALK);
    message = ask(MEMORY_READ, info_transfer(LENT));
    print("[tour] I send it to another task, which maps it, and reads %lu.\n", message.words[2]);
    tour_expect("what it has read", argument, message.words[2]);
    ask_in_vain("It writes", MEMORY_WRITE);
    tour_expect("what is in the page", argument, *word);
    tour_do("revoke", slot_revoke(PAGE));
    tour_expect("what I had derived", 0, slot_kind(LENT));
    ask_in_vain("I revoke the page, and it reads", MEMORY_READ);
    tour_expect("what is left of it there", 0, task_join(borrower).value);
    print("[tour] The page is mine as before, with %lu in it.\n", *word);
    return tour_end(message.words[2] + *word);
}
