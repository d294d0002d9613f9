/**
 * @file
 * Powers that privileges can name: there are none.
 */
#include "privileges.h"

const char *const power_names[] = {""};
const unsigned power_count = 0;
