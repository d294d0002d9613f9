/**
 * @file
 * Resource managers: their table.
 */
#include "managers.h"

#include <errno.h>
#include <string.h>

#include "notification.h"
#include "slots.h"

static struct manager managers[MANAGERS_MAX];
static uint64_t last_number;

_Static_assert(SLOT_MANAGERS + MANAGERS_MAX <= SLOT_OWN_MEMORY, "a slot for each manager");

/** @return the slot of the notification that a manager waits for */
static slot manager_slot(const struct manager *manager)
{
    return (slot){SLOT_MANAGERS + (uint64_t)(manager - managers)};
}

/** @return the manager with a number; NULL: it has ended, or there never was one */
struct manager *manager_find(uint64_t number)
{
    for (struct manager *manager = managers; manager < managers + MANAGERS_MAX; manager++) {
        if (number != 0 && manager->number == number) {
            return manager;
        }
    }
    return NULL;
}

/** @return the manager in a place, from 0 on; NULL: there is none there */
struct manager *manager_at(unsigned place)
{
    return place < MANAGERS_MAX && managers[place].number != 0 ? &managers[place] : NULL;
}

/** @return the manager of a name; NULL: there is none */
struct manager *manager_named(const char *name, size_t length)
{
    for (struct manager *manager = managers; manager < managers + MANAGERS_MAX; manager++) {
        if (manager->number != 0 && manager->name_length == length &&
            memcmp(manager->name, name, length) == 0) {
            return manager;
        }
    }
    return NULL;
}

/** @return a place that is free, without calls of the one before; NULL: there is none */
static struct manager *find_place(void)
{
    for (struct manager *manager = managers; manager < managers + MANAGERS_MAX; manager++) {
        if (manager->number == 0 && manager->used == 0) {
            return manager;
        }
    }
    return NULL;
}

/**
 * Makes a manager, which has no name yet. The notification that has arrived with the request
 * becomes the manager's. Does not sleep.
 *
 * @param owner   the client
 * @param number  set
 * @return 0; EAGAIN: there are MANAGERS_MAX; EINVAL: no notification has arrived
 */
int manager_make(uint64_t owner, uint64_t *number)
{
    struct manager *manager = find_place();

    if (manager == NULL) {
        return EAGAIN;
    }
    if (slot_kind((slot){SLOT_ARRIVING}) != OBJECT_NOTIFICATION ||
        slot_move(manager_slot(manager), (slot){SLOT_ARRIVING}) != ERROR_NONE) {
        return EINVAL;
    }
    manager->number = ++last_number;
    manager->owner = owner;
    manager->name_length = 0;
    manager->files = 0;
    *number = manager->number;
    return 0;
}

/** Gives a manager its name, 1 to FILE_NAME_MAX bytes that no other one has. */
void manager_set_name(struct manager *manager, const char *name, size_t length)
{
    memcpy(manager->name, name, length);
    manager->name_length = length;
}

/** Ends a manager: whoever waits for its answer gets EIO. */
void manager_end(struct manager *manager)
{
    manager->number = 0;
    manager_calls_end(manager);
    slot_delete(manager_slot(manager));
}

/** Tells a manager that there is something to fetch. */
void manager_signal(const struct manager *manager)
{
    notification_signal(manager_slot(manager));
}

/** Ends the managers of a client that has ended. */
void managers_end(uint64_t owner)
{
    for (struct manager *manager = managers; manager < managers + MANAGERS_MAX; manager++) {
        if (manager->number != 0 && manager->owner == owner) {
            manager_end(manager);
        }
    }
}
