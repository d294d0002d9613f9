/**
 * @file
 * The tour, 5: capabilities in messages. One task lends another an endpoint, but keeps rights back;
 * the other one uses it; then it is taken back, and the next use is refused.
 *
 * Both are this program. The lender calls the borrower through TALK, and serves SERVICE.
 */
#include "bin/tour.h"

#include "buffer.h"
#include "program.h"

#define SERVICE ((slot){4})
#define TALK ((slot){5})     /* the lender's; the borrower has it in SLOT_GIVEN */
#define BORROWED ((slot){6}) /* the borrower's */

/** What the lender asks the borrower to do. */
enum wish {
    WISH_LOOK, /**< answer: has something come, its rights, what trying to receive with it gave */
    WISH_USE,  /**< no answer, but a request through what has come */
    WISH_AGAIN /**< answer: what the same request gives now */
};

/** @return a message that means something and has some words */
static struct message wish(enum wish label, uint64_t word)
{
    return (struct message){.info = info_make(label, 1), .words = {word}};
}

/* --- The borrower. --- */

static void answer(uint64_t first, uint64_t second, uint64_t third)
{
    struct message message = {.info = info_make(0, 3), .words = {first, second, third}};

    tour_do("answer", ipc_reply(SLOT_REPLY, &message));
}

static void look(const struct message *message)
{
    enum error error = ipc_recv(BORROWED, &(struct message){0}, TIMEOUT_NONE);

    answer(message->info & MESSAGE_TRANSFER, tour_rights(BORROWED), error);
}

/** A request: the answer has twice the number. */
static enum error request(uint64_t number, uint64_t *doubled)
{
    struct message message = wish(0, number);
    enum error error = ipc_call(BORROWED, &message, TOUR_PATIENCE);

    *doubled = message.words[0];
    return error;
}

static int64_t borrow(void)
{
    struct message message;
    uint64_t doubled = 0;

    ipc_buffer->receive_slot = BORROWED.number;
    tour_do("the first wish", ipc_recv(SLOT_NAMES, &message, TOUR_PATIENCE));
    look(&message);
    tour_do("the second wish", ipc_recv(SLOT_NAMES, &message, TOUR_PATIENCE));
    tour_do("a request", request(message.words[0], &doubled));
    tour_expect("twice the number", 2 * message.words[0], doubled);
    tour_do("the third wish", ipc_recv(SLOT_NAMES, &message, TOUR_PATIENCE));
    answer(request(0, &doubled), slot_kind(BORROWED), 0);
    return tour_end(0);
}

/* --- The lender. --- */

static void lend(void)
{
    struct message message = wish(WISH_LOOK, 0);

    message.info |= info_transfer(SERVICE);
    ipc_buffer->words[MESSAGE_WITHHELD_WORD] = RIGHT_RECEIVE | RIGHT_GRANT;
    tour_do("lending", ipc_call(TALK, &message, TOUR_PATIENCE));
    print("[tour] I send it my endpoint, without the right to receive. There it has rights %lu.\n",
          message.words[1]);
    tour_expect("it has come", MESSAGE_TRANSFER, message.words[0]);
    tour_expect("rights of what has come", RIGHT_SEND, message.words[1]);
    tour_expect("rights of what has gone", RIGHTS_ALL, tour_rights(SERVICE));
    tour_refused("there, to receive", ERROR_NO_RIGHT, (enum error)message.words[2]);
}

/** Serves a single request. @return the number that was asked about, doubled */
static uint64_t serve(uint64_t number)
{
    struct message message = wish(WISH_USE, number);

    tour_do("the second wish", ipc_send(TALK, &message, TOUR_PATIENCE));
    tour_do("a request", ipc_recv(SERVICE, &message, TOUR_PATIENCE));
    print("[tour] It asks me about %lu through it, and I answer: %lu.\n", message.words[0],
          2 * message.words[0]);
    message.words[0] *= 2;
    tour_do("answer", ipc_reply(SLOT_REPLY, &message));
    return message.words[0];
}

static void take_back(void)
{
    struct message message = wish(WISH_AGAIN, 0);

    tour_do("revoke", slot_revoke(SERVICE));
    tour_do("the third wish", ipc_call(TALK, &message, TOUR_PATIENCE));
    print("[tour] I revoke my slot. Mine stays, its one is empty, and it asks again:\n");
    tour_refused("there, to send", ERROR_BAD_SLOT, (enum error)message.words[0]);
    tour_expect("its slot", 0, message.words[1]);
    tour_expect("my slot", OBJECT_ENDPOINT, slot_kind(SERVICE));
}

/** Lends. @param argument any number below 2^62 @return twice that, by way of the borrower */
int64_t main(uint64_t argument)
{
    task_id borrower;
    uint64_t doubled;

    if (argument == TOUR_PARTNER) {
        return borrow();
    }
    print("[tour] 5. Lending: a capability goes along with a message.\n");
    tour_make(OBJECT_ENDPOINT, 0, SERVICE);
    tour_make(OBJECT_ENDPOINT, 0, TALK);
    borrower = tour_partner("tour_transfer", TALK);
    lend();
    doubled = serve(argument);
    take_back();
    tour_expect("what was wrong there", 0, task_join(borrower).value);
    return tour_end(doubled);
}
