/**
 * @file
 * The C library's own: what the root task is told as the exit status of a process.
 *
 * 0 to 255: the program has ended by itself, with that. EXIT_SIGNALLED and a signal's number: that
 * has ended it. INIT_FAULTED of init/session_proto.h: a fault.
 */
#pragma once

#define EXIT_SIGNALLED 0x100
