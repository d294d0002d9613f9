/**
 * @file
 * What an exercise in a program says as long as nobody has written it.
 */
#include "exercise.h"

#include <stdbool.h>
#include <stddef.h>

#include "print.h"
#include "string.h"

#define EXERCISE_MAX 16

/* True when `id` comes for the first time. */
static bool note_first(const char *id)
{
    static const char *noted[EXERCISE_MAX];
    for (size_t i = 0; i < EXERCISE_MAX; i++) {
        if (noted[i] == NULL) {
            noted[i] = id;
            return true;
        }
        if (strcmp(noted[i], id) == 0) {
            return false;
        }
    }
    return false;
}

void exercise_unwritten(const char *id, const char *function)
{
    if (note_first(id)) {
        print("unwritten: %s (%s)\n", id, function);
    }
}
