/**
 * @file
 * The program's name, for messages.
 */
#include "program_name.h"

#include <err.h>
#include <string.h>

static const char *name = "program";

/** Sets the name. @param path argv[0]; its last name counts. NULL: it is not known */
void program_name_set(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');

    if (path != NULL) {
        name = slash == NULL ? path : slash + 1;
    }
}

/** @return the program's name, without the folders that it is in (BSD) */
const char *getprogname(void)
{
    return name;
}
