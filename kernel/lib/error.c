/**
 * @file
 * Errors by name.
 */
#include "abi/error.h"

/**
 * @param error  any number
 * @return its name as in the list, "ERROR_?" for a number that is not in it
 */
const char *error_name(enum error error)
{
#define ERROR_CASE(name, number, text) \
    case name: \
        return #name;

    switch (error) {
        ERROR_LIST(ERROR_CASE)
    }
    return "ERROR_?";
}
