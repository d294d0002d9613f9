/**
 * @file
 * The environment: texts NAME=value (ISO C11 7.22.4.6; IEEE 1003.1, setenv and unsetenv).
 *
 * The program finds it in the block of its arguments. Before it is changed for the first time, it
 * is copied to memory of the heap; from then on all of it is from there.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char **environ;

static char **owned; /* environ, when it is on the heap */

static size_t count_variables(void)
{
    size_t count = 0;

    while (environ != NULL && environ[count] != NULL) {
        count++;
    }
    return count;
}

/** @return the place of a variable in the environment, or that behind the last one */
static size_t find(const char *name, size_t length)
{
    size_t index = 0;

    for (; environ != NULL && environ[index] != NULL; index++) {
        if (strncmp(environ[index], name, length) == 0 && environ[index][length] == '=') {
            break;
        }
    }
    return index;
}

/** @return the value of a variable, not to be changed; NULL: there is none of this name */
char *getenv(const char *name)
{
    size_t length = strlen(name);
    size_t index = find(name, length);

    return index == count_variables() ? NULL : environ[index] + length + 1;
}

/** Frees the first variables of a list, and the list. */
static void discard(char **list, size_t count)
{
    while (count > 0) {
        free(list[--count]);
    }
    free(list);
}

/** Has the environment on the heap. @return false: ENOMEM, nothing has changed */
static bool own(void)
{
    size_t count = count_variables();
    char **list;

    if (environ != NULL && environ == owned) {
        return true;
    }
    list = reallocarray(NULL, count + 1, sizeof(*list));
    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = strdup(environ[i]);
        if (list[i] == NULL) {
            discard(list, i);
            return false;
        }
    }
    if (list != NULL) {
        list[count] = NULL;
        environ = owned = list;
    }
    return list != NULL;
}

/** Whether a text can be a variable's name. Sets errno. */
static bool is_name(const char *name)
{
    if (name == NULL || *name == '\0' || strchr(name, '=') != NULL) {
        errno = EINVAL;
        return false;
    }
    return true;
}

/** Puts a variable at a place, which may be behind the last one. @return false: ENOMEM */
static bool put(size_t index, char *variable)
{
    if (environ[index] == NULL) {
        char **longer = reallocarray(environ, index + 2, sizeof(*longer));

        if (longer == NULL) {
            return false;
        }
        environ = owned = longer;
        environ[index] = environ[index + 1] = NULL;
    }
    free(environ[index]);
    environ[index] = variable;
    return true;
}

/**
 * Sets a variable.
 *
 * @param name       not empty, without '='
 * @param value      is copied
 * @param overwrite  0: one that there is keeps its value
 * @return 0; -1: EINVAL, ENOMEM
 */
int setenv(const char *name, const char *value, int overwrite)
{
    char *variable;

    if (!is_name(name)) {
        return -1;
    }
    if (overwrite == 0 && getenv(name) != NULL) {
        return 0;
    }
    variable = malloc(strlen(name) + 1 + strlen(value) + 1);
    if (variable == NULL) {
        return -1;
    }
    stpcpy(stpcpy(stpcpy(variable, name), "="), value);
    if (!own() || !put(find(name, strlen(name)), variable)) {
        free(variable);
        return -1;
    }
    return 0;
}

/** Removes a variable, if there is one of this name. @return 0; -1: EINVAL, ENOMEM */
int unsetenv(const char *name)
{
    size_t index;

    if (!is_name(name) || !own()) {
        return -1;
    }
    index = find(name, strlen(name));
    if (environ[index] != NULL) {
        free(environ[index]);
        do {
            environ[index] = environ[index + 1];
        } while (environ[index++] != NULL);
    }
    return 0;
}
