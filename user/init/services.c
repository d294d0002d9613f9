/**
 * @file
 * Services: endpoints that the root task keeps, whoever receives from them.
 *
 * A service is a name in the privileges: one program `serves` it, others may `call` it. Its
 * endpoint is made before any of them runs, so nobody has to be started first: who calls early
 * waits as for any answer. It stays when the server ends, and so does what callers have of it: who
 * serves next receives what they send.
 *
 * The root task has two slots for each: the endpoint, of which callers get copies; and a copy of it
 * to receive with, of which the server gets one. So a server that is alive shows: that copy has a
 * child.
 */
#include "services.h"

#include <stdbool.h>
#include <stddef.h>

#include "capability.h"
#include "places.h"
#include "string.h"

#define NAME_SIZE 16u /* of a name, with its NUL */
#define RECEIVER 1u   /* of a service's two slots the second one */

/** A service. It is there when it has a name. */
struct service {
    char name[NAME_SIZE];
    bool is_served;
};

static struct service services[SERVICES_MAX]; /* number 1 is the first */

_Static_assert(PLACES_OF_SERVICE == RECEIVER + 1, "places.h has two slots for each");

static struct service *service_at(uint32_t number)
{
    return &services[number - 1];
}

/** Finds a service; who names it first makes it. @return its number, 0 when that cannot be */
static uint32_t find(const char *name)
{
    for (uint32_t number = 1; number <= SERVICES_MAX && strlen(name) < NAME_SIZE; number++) {
        struct service *service = service_at(number);

        if (service->name[0] == '\0') {
            memcpy(service->name, name, strlen(name) + 1);
        }
        if (strcmp(service->name, name) == 0) {
            return number;
        }
    }
    return 0;
}

/**
 * Takes a line `serves NAME`.
 *
 * @param privileges  the program's
 * @param name        any, not empty
 * @return NULL; what is wrong with it
 */
const char *services_serve(struct privileges *privileges, const char *name)
{
    uint32_t number = find(name);

    if (number == 0) {
        return "a longer name, or more services, than there can be";
    }
    if (privileges->serves != 0) {
        return "a program serves one service";
    }
    if (service_at(number)->is_served) {
        return "another program serves it";
    }
    service_at(number)->is_served = true;
    privileges->serves = number;
    return NULL;
}

/** Takes a line `calls NAME`: as services_serve(). */
const char *services_call(struct privileges *privileges, const char *name)
{
    uint32_t number = find(name);

    for (uint32_t i = 0; i < privileges->call_count; i++) {
        if (privileges->calls[i] == number) {
            return "it stands there twice";
        }
    }
    if (number == 0 || privileges->call_count == PRIVILEGE_CALLS) {
        return "a longer name, or more services, than there can be";
    }
    privileges->calls[privileges->call_count++] = number;
    return NULL;
}

/** @return the name of a service that a program calls and none serves; NULL: there is none. To be
 * asked when all lines have been taken */
const char *services_missing(const struct privileges *privileges)
{
    for (uint32_t i = 0; i < privileges->call_count; i++) {
        if (!service_at(privileges->calls[i])->is_served) {
            return service_at(privileges->calls[i])->name;
        }
    }
    return NULL;
}

/** @return the slot that callers get copies of */
slot service_caller(uint32_t service)
{
    return place_slot(PLACE_SERVICES + (service - 1) * PLACES_OF_SERVICE);
}

/** @return the slot that its server gets a copy of */
slot service_receiver(uint32_t service)
{
    return (slot){service_caller(service).number + RECEIVER};
}

/**
 * Makes the endpoints of all services that are served.
 *
 * @param memory  untyped, for them
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error services_make(slot memory)
{
    enum error error = ERROR_NONE;

    for (uint32_t number = 1; error == ERROR_NONE && number <= SERVICES_MAX; number++) {
        if (service_at(number)->is_served) {
            error = untyped_retype(memory, OBJECT(OBJECT_ENDPOINT, 0), service_caller(number));
            if (error == ERROR_NONE) {
                error =
                    slot_copy(service_receiver(number), service_caller(number), RIGHT_RECEIVE, 0);
            }
        }
    }
    return error;
}
