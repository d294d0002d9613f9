/**
 * @file
 * What stage 04 shows: tasks that talk to each other, and what goes wrong while they share memory.
 */
#include "bin/client.h"
#include "bin/victim.h"
#include "endpoint.h"
#include "notification.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "run.h"
#include "task.h"

/** What children get: the name server's endpoint, without a badge, so each is given its own. */
#define NAMES_TO_GIVE ((slot){2})
#define NAMES_OWNER ((slot){3})
#define VICTIM ((slot){4})
#define NOTIFICATION ((slot){5})
#define FIRST_BIT ((slot){6})
#define SECOND_BIT ((slot){7})
#define ENDPOINT ((slot){8})

#define EXCHANGES 1000
#define NUMBERS 20ul
#define TURNS 5ul

static enum error start_names(void)
{
    uint64_t rights = RIGHT_SEND | RIGHT_GRANT;
    enum error error = endpoint_create(NAMES_OWNER);

    if (error == ERROR_NONE) {
        error = slot_copy(NAMES_TO_GIVE, NAMES_OWNER, rights, 0);
    }
    if (error == ERROR_NONE) {
        error = slot_copy(SLOT_NAMES, NAMES_OWNER, rights, task_self().value);
    }
    run_start("names", 0, NAMES_OWNER);
    return error;
}

static void show_echo(uint32_t words, unsigned clients)
{
    uint64_t argument = client_argument(EXCHANGES, words);
    struct run_part parts[] = {
        {"client", argument, {0}}, {"client_2", argument, {0}}, {"client_3", argument, {0}}};
    int64_t wrong = run_together(parts, clients, NAMES_TO_GIVE);

    print("[init] %u tasks, %d messages of %u bytes each: %ld wrong\n", clients + 1, EXCHANGES,
          8 * words, wrong);
}

static void show_servers(void)
{
    struct run_part buffer[] = {{"consumer", NUMBERS, {0}}, {"producer", NUMBERS, {0}}};
    struct run_part shared[] = {{"reader", TURNS, {0}}, {"writer", TURNS, {0}}};

    run_start("buffer_server", 0, NAMES_TO_GIVE);
    print("[init] producer and consumer: sums of %ld, expected %lu\n",
          run_together(buffer, 2, NAMES_TO_GIVE), NUMBERS * (NUMBERS + 1));
    run_start("readers_writers", 0, NAMES_TO_GIVE);
    print("[init] reader and writer: %ld wrong\n", run_together(shared, 2, NAMES_TO_GIVE));
}

static void show_notification(void)
{
    struct message message;
    struct call_result bits;

    notification_create(NOTIFICATION);
    slot_copy(FIRST_BIT, NOTIFICATION, RIGHT_SEND, 1);
    slot_copy(SECOND_BIT, NOTIFICATION, RIGHT_SEND, 4);
    notification_signal(FIRST_BIT);
    notification_signal(SECOND_BIT);
    bits = notification_wait(NOTIFICATION, TIMEOUT_NONE);
    print("[init] two signals, one word: %lx\n", bits.value);
    bits = notification_wait(NOTIFICATION, 10);
    print("[init] and no third: %s\n", error_name((enum error)bits.error));
    endpoint_create(ENDPOINT);
    notification_bind(NOTIFICATION);
    notification_signal(SECOND_BIT);
    ipc_recv(ENDPOINT, &message, TIMEOUT_NONE);
    print("[init] a signal ends a receive: %s, %lx\n", message.info & MESSAGE_SIGNAL ? "yes" : "no",
          message.badge);
}

static void show_deadlock(void)
{
    struct run_part parts[] = {{"deadlock", 0, {0}}, {"deadlock_2", 1, {0}}};

    print("[init] the deadlock is cut: the sum of errors is %ld\n",
          run_together(parts, 2, NAMES_TO_GIVE));
}

static void show_scribbler(void)
{
    struct run_part scribbler = {"scribbler", 0, {0}};

    run_start("victim", 0, NAMES_TO_GIVE);
    endpoint_lookup("victim", VICTIM);
    rpc_word(VICTIM, VICTIM_SHOW, 0, 0);
    run_together(&scribbler, 1, NAMES_TO_GIVE);
    print("[init] the victim is %s\n",
          rpc_word(VICTIM, VICTIM_SHOW, 0, 0).value ? "unharmed" : "hurt");
}

/** The first program: the machine stops when it ends. */
int64_t main(uint64_t argument)
{
    enum error error = start_names();

    (void)argument;
    print("[init] name server started: %s\n", error_name(error));
    run_start("echo", 0, NAMES_TO_GIVE);
    show_echo(1, 1);
    show_echo(8, 1);
    show_echo(1, 3);
    show_echo(8, 3);
    show_echo(MESSAGE_WORDS_MAX, 1);
    show_servers();
    show_notification();
    show_deadlock();
    show_scribbler();
    print("[init] stage 04 has shown its messages; nothing more to do\n");
    return 0;
}
