/**
 * @file
 * Variables: see variables.h.
 */
#include "variables.h"

#include <stdlib.h>
#include <string.h>

#include "parser.h"

/** @return where the variable stands in the list, or would: then it is not the name's */
static struct variable **place_of(struct variable **place, const char *name)
{
    while (*place != NULL && strcmp((*place)->name, name) < 0) {
        place = &(*place)->next;
    }
    return place;
}

static struct variable *find(const struct variables *variables, const char *name)
{
    struct variable *first = variables->first;
    struct variable *found = *place_of(&first, name);

    return found != NULL && strcmp(found->name, name) == 0 ? found : NULL;
}

/** Finds a variable, or makes it. @return NULL: there is no memory */
static struct variable *obtain(struct variables *variables, const char *name)
{
    struct variable *found = find(variables, name);
    struct variable **place;

    if (found != NULL) {
        return found;
    }
    found = malloc(sizeof(*found) + strlen(name) + 1);
    if (found != NULL) {
        place = place_of(&variables->first, name);
        *found = (struct variable){.next = *place};
        strcpy(found->name, name);
        *place = found;
    }
    return found;
}

/** @return a variable's value; NULL: it has none. It is valid until the variable changes */
const char *variables_get(const struct variables *variables, const char *name)
{
    const struct variable *found = find(variables, name);

    return found == NULL ? NULL : found->value;
}

/**
 * Gives a variable a value.
 *
 * @param variables  all
 * @param name       which; a name as parser_is_name() says
 * @param value      is copied; NULL: it has none
 * @return false: there is no memory, and it has the value that it had
 */
bool variables_set(struct variables *variables, const char *name, const char *value)
{
    struct variable *found = obtain(variables, name);
    char *copy = value == NULL ? NULL : strdup(value);

    if (found == NULL || (copy == NULL && value != NULL)) {
        free(copy);
        return false;
    }
    free(found->value);
    found->value = copy;
    return true;
}

/** Says whether programs get a variable. @return false: there is no memory */
bool variables_export(struct variables *variables, const char *name, bool is_exported)
{
    struct variable *found = obtain(variables, name);

    if (found != NULL) {
        found->is_exported = is_exported;
    }
    return found != NULL;
}

/** @return whether programs get a variable */
bool variables_is_exported(const struct variables *variables, const char *name)
{
    const struct variable *found = find(variables, name);

    return found != NULL && found->is_exported;
}

/** Forgets a variable. */
void variables_unset(struct variables *variables, const char *name)
{
    struct variable **place = place_of(&variables->first, name);
    struct variable *found = *place;

    if (found != NULL && strcmp(found->name, name) == 0) {
        *place = found->next;
        free(found->value);
        free(found);
    }
}

/** Takes one variable, NAME=VALUE; what is none is passed over. */
static bool import(struct variables *variables, const char *setting)
{
    const char *sign = strchr(setting, '=');
    struct arena arena = {0};
    const char *name;
    bool done = true;

    if (sign != NULL && parser_is_name(setting, (size_t)(sign - setting))) {
        name = arena_copy(&arena, setting, (size_t)(sign - setting));
        done = name != NULL && variables_set(variables, name, sign + 1) &&
               variables_export(variables, name, true);
    }
    arena_free(&arena);
    return done;
}

/** Takes the variables of an environment, which ends with NULL. @return false: no memory */
bool variables_import(struct variables *variables, char *const *environment)
{
    for (; environment != NULL && *environment != NULL; environment++) {
        if (!import(variables, *environment)) {
            return false;
        }
    }
    return true;
}

static char *setting_of(const struct variable *variable, struct arena *arena)
{
    size_t length = strlen(variable->name);
    char *setting = arena_take(arena, length + strlen(variable->value) + 2);

    if (setting != NULL) {
        memcpy(setting, variable->name, length);
        setting[length] = '=';
        strcpy(setting + length + 1, variable->value);
    }
    return setting;
}

/** @return the environment for a program, in the arena; NULL: there is no memory */
char **variables_environment(const struct variables *variables, struct arena *arena)
{
    size_t count = 0;
    char **environment;

    for (const struct variable *each = variables->first; each != NULL; each = each->next) {
        count += each->is_exported && each->value != NULL;
    }
    environment = arena_take(arena, (count + 1) * sizeof(*environment));
    if (environment == NULL) {
        return NULL;
    }
    count = 0;
    for (const struct variable *each = variables->first; each != NULL; each = each->next) {
        if (each->is_exported && each->value != NULL) {
            environment[count] = setting_of(each, arena);
            if (environment[count++] == NULL) {
                return NULL;
            }
        }
    }
    return environment;
}

/** Forgets all variables. */
void variables_free(struct variables *variables)
{
    while (variables->first != NULL) {
        variables_unset(variables, variables->first->name);
    }
}
