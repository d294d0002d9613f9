/**
 * @file
 * Errors by name, for programs.
 */
#include "abi/error.h"

#define ERROR_NAME(name, number, text) [number] = #name,

static const char *const names[] = {ERROR_LIST(ERROR_NAME)};

/**
 * @param error  any number
 * @return its name as in the list, "ERROR_?" for a number that is not in it
 */
const char *error_name(enum error error)
{
    if (error >= sizeof(names) / sizeof(names[0]) || names[error] == 0) {
        return "ERROR_?";
    }
    return names[error];
}
