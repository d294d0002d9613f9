/**
 * @file
 * Functions: see functions.h. A function keeps its source and reads it once more: what it was read
 * from first is given back with the command that has defined it.
 */
#include "functions.h"

#include <stdlib.h>
#include <string.h>

/** @return the function of this name; NULL: there is none */
struct function *functions_find(const struct functions *functions, const char *name)
{
    struct function *each = functions->first;

    while (each != NULL && strcmp(each->name, name) != 0) {
        each = each->next;
    }
    return each;
}

static void give_back(struct function *function)
{
    parser_free(&function->program);
    free(function->text);
    free(function);
}

/** @return a new function; NULL: there is no memory, or the source is no command */
static struct function *make(const char *name, const char *text, unsigned line)
{
    struct function *function = calloc(1, sizeof(*function) + strlen(name) + 1);
    struct input input;

    if (function == NULL) {
        return NULL;
    }
    strcpy(function->name, name);
    function->text = strdup(text);
    function->program.line = line;
    input_from_string(&input, text, strlen(text));
    if (function->text == NULL || parser_read(&function->program, &input) != PARSER_COMMAND) {
        give_back(function);
        return NULL;
    }
    return function;
}

/**
 * Defines a function; one of the same name is gone.
 *
 * @param functions  all
 * @param name       its name
 * @param text       the source of its body
 * @param line       where that begins
 * @return false: there is no memory
 */
bool functions_define(struct functions *functions, const char *name, const char *text,
                      unsigned line)
{
    struct function *function = make(name, text, line);

    if (function == NULL) {
        return false;
    }
    functions_remove(functions, name);
    function->next = functions->first;
    functions->first = function;
    return true;
}

/** Forgets a function. @return whether there was one */
bool functions_remove(struct functions *functions, const char *name)
{
    struct function *found = functions_find(functions, name);
    struct function **place = &functions->first;

    if (found == NULL) {
        return false;
    }
    while (*place != found) {
        place = &(*place)->next;
    }
    *place = found->next;
    found->is_gone = true;
    functions_begin(found);
    functions_end(found);
    return true;
}

/** Says that a function is run. */
void functions_begin(struct function *function)
{
    function->running++;
}

/** Says that it has been run. */
void functions_end(struct function *function)
{
    if (--function->running == 0 && function->is_gone) {
        give_back(function);
    }
}

/** Forgets all functions. None is being run. */
void functions_free(struct functions *functions)
{
    while (functions->first != NULL) {
        functions_remove(functions, functions->first->name);
    }
}
