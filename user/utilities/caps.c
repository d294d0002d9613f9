/**
 * @file
 * caps: shows what a process may do: the capabilities in its slots.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "capability.h"
#include "common.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "rpc.h"

#define KILOBYTE 1024ul

static const char usage[] =
    "usage: caps [PID...]\n"
    "shows the capabilities of processes, or its own: slot, kind, rights and\n"
    "what it is about\n";

/** What is known of a slot. */
struct fact {
    uint64_t kind, rights, badge, size;
    uint64_t slots; /**< of its process */
};

/** Asks for a slot. */
static enum error ask(uint64_t process, uint64_t number, struct fact *fact)
{
    struct message message = {.info = info_make(INIT_CAPABILITY, 2), .words = {process, number}};
    enum error error = rpc_call(SLOT_PAGER, &message, TIMEOUT_INFINITE);

    *fact = (struct fact){capability_kind(message.words[0]), capability_rights(message.words[0]),
                          message.words[1], message.words[2], message.words[3]};
    return error;
}

static const char *name_of(uint64_t kind)
{
    static const char *const names[] = {
        [OBJECT_UNTYPED] = "untyped memory",
        [OBJECT_CNODE] = "capability space",
        [OBJECT_THREAD] = "thread",
        [OBJECT_SPACE] = "address space",
        [OBJECT_FRAME] = "memory",
        [OBJECT_ENDPOINT] = "endpoint",
        [OBJECT_NOTIFICATION] = "notification",
        [OBJECT_REPLY] = "reply",
        [OBJECT_IRQ] = "interrupt line",
        [OBJECT_PORTS] = "I/O ports",
    };

    return kind < sizeof(names) / sizeof(names[0]) && names[kind] != NULL ? names[kind] : "?";
}

/** Shows rights: what the three bits mean depends on the kind. */
static void show_rights(const struct fact *fact)
{
    static const char *const words[2][3] = {{"send", "receive", "grant"},
                                            {"read", "write", "execute"}};
    bool is_message = fact->kind == OBJECT_ENDPOINT || fact->kind == OBJECT_NOTIFICATION;
    bool is_memory = fact->kind == OBJECT_FRAME;
    char text[32] = "-";
    int length = 0;

    for (unsigned i = 0; i < 3 && (is_message || is_memory); i++) {
        if ((fact->rights >> i & 1) != 0) {
            length += snprintf(text + length, sizeof(text) - (size_t)length, "%s%s",
                               length == 0 ? "" : " ", words[is_memory][i]);
        }
    }
    printf(" %-18s", text);
}

/** Shows what a capability is about. */
static void show_rest(const struct fact *fact)
{
    switch (fact->kind) {
    case OBJECT_UNTYPED:
        printf(" %lu KB, %lu KB of it free\n", fact->badge / KILOBYTE, fact->size / KILOBYTE);
        break;
    case OBJECT_CNODE:
        printf(" %lu slots\n", fact->badge);
        break;
    case OBJECT_SPACE:
        printf(" %lu tables left\n", fact->size);
        break;
    case OBJECT_FRAME:
        printf(fact->badge == 0 ? " %lu pages\n" : " %lu pages at %#lx\n", fact->size, fact->badge);
        break;
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        printf(" badge %lu\n", fact->badge);
        break;
    case OBJECT_IRQ:
        printf(" line %lu\n", fact->badge);
        break;
    case OBJECT_PORTS:
        printf(" %#lx to %#lx\n", fact->badge >> 16, fact->badge & 0xFFFF);
        break;
    default:
        printf("\n");
        break;
    }
}

/** Shows all capabilities of a process. @return status */
static int show(uint64_t process)
{
    struct fact fact;
    enum error error = ask(process, 0, &fact);
    uint64_t slots = fact.slots;

    if (error != ERROR_NONE) {
        warnx("%lu: %s", process,
              error == ERROR_NO_THREAD ? "there is no such process" : error_name(error));
        return STATUS_FAILED;
    }
    printf("Process %lu\n slot kind             rights\n", process);
    for (uint64_t number = 0; number < slots; number++) {
        error = ask(process, number, &fact);
        if (error == ERROR_NONE && fact.kind != 0) {
            printf("%5lu %-16s", number, name_of(fact.kind));
            show_rights(&fact);
            show_rest(&fact);
        }
    }
    return 0;
}

/** @return 0; 1: there is no such process */
int main(int argc, char **argv)
{
    int first = utility_no_options(argc, argv, usage);
    int status = 0;

    if (first == argc) {
        status = show((uint64_t)getpid());
    }
    for (int i = first; i < argc; i++) {
        status |= show(utility_number(argv[i], usage));
    }
    return utility_finish(status);
}
