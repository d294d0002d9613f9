/**
 * @file
 * Powers that privileges can name: enum init_power, in the order of its bits.
 */
#include "init/session_proto.h"
#include "privileges.h"

const char *const power_names[] = {"shutdown", "interrupt", "serve"};
const unsigned power_count = sizeof(power_names) / sizeof(power_names[0]);
