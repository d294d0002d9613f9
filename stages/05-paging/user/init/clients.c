/**
 * @file
 * Clients: how they are started, and how it is noticed that they are gone.
 *
 * Nobody tells the first task of a client's end. What it keeps for a client it gives back later,
 * when it has nothing else to do, or when it needs the place. A task that has ended keeps its name
 * until it is joined; when the one who could do that is gone, too, the first task does.
 */
#include "clients.h"

#include "pager.h"
#include "regions.h"
#include "string.h"

/* As many as the kernel has tasks. The names of those that exist differ modulo this number, so each
 * has a place of its own, and whoever had it before is gone. */
#define CLIENTS_MAX 128u

static struct client clients[CLIENTS_MAX];

static struct client *place_of(task_id task)
{
    return &clients[task.number % CLIENTS_MAX];
}

/**
 * The question is put as a call that changes nothing, as it names no pages. Its answer can be used
 * because a memory call looks for the task before anything else: memory_find_part() in
 * kernel/syscall/memory_part.c promises that.
 *
 * @return whether a task that the first task has made has not ended yet
 */
bool client_is_alive(task_id task)
{
    return memory_unmap(task, 0, 0) != ERROR_NO_THREAD;
}

/**
 * @return the client of that name; NULL when the first task has not started it
 */
struct client *client_find(task_id task)
{
    struct client *client = place_of(task);

    return task.number != 0 && client->task.number == task.number ? client : NULL;
}

/** Ends a task that could not be started. */
static void discard(task_id task)
{
    task_kill(task, -1);
    task_join(task);
}

/** Makes a task; when there are too many, tries again without those that nobody can join. */
static struct call_result create(const char *name, const struct client_start *start)
{
    struct call_result made = task_create(name, strlen(name), start->given, start->faults);

    if (made.error == ERROR_TOO_MANY_THREADS || made.error == ERROR_NO_MEMORY) {
        clients_sweep();
        made = task_create(name, strlen(name), start->given, start->faults);
    }
    return made;
}

/**
 * Starts a program. None of it is in memory yet: its first instruction is a page fault.
 *
 * @param name   the program's
 * @param start  what else it is given
 * @return ERROR_NONE and the new task's name; as init/proto.h
 */
struct call_result client_start(const char *name, const struct client_start *start)
{
    const struct image *image = NULL;
    struct call_result made = {image_find(name, &image), 0};
    struct client *client;

    if (made.error == ERROR_NONE) {
        made = create(name, start);
    }
    if (made.error != ERROR_NONE) {
        return made;
    }
    client = place_of((task_id){made.value});
    if (client->task.number != 0 && client_is_alive(client->task)) {
        made.error = ERROR_TOO_MANY_THREADS;
    } else {
        *client = (struct client){{made.value}, start->parent, image, 0};
        made.error = task_run(client->task, image->header->entry, PAGER_STACK_END, start->argument);
    }
    if (made.error != ERROR_NONE) {
        discard((task_id){made.value});
        return (struct call_result){made.error, 0};
    }
    return made;
}

/** Forgets a client that has ended, unless its parent may still want to know its exit status. */
static void forget(struct client *client)
{
    client->regions = 0;
    if (!client_is_alive(client->parent)) {
        task_join(client->task);
        *client = (struct client){0};
    }
}

/**
 * Gives back what is kept for clients that are gone.
 */
void clients_sweep(void)
{
    uint64_t regions = 0;

    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        if (clients[i].task.number == 0) {
            continue;
        }
        if (client_is_alive(clients[i].task)) {
            regions |= clients[i].regions;
        } else {
            forget(&clients[i]);
        }
    }
    regions_keep(regions);
}
