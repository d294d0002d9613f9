/**
 * @file
 * Where the shell itself is: it starts others, for parts of a command and for scripts.
 */
#pragma once

#ifndef SHELL_PATH /* tests have it elsewhere */
#define SHELL_PATH "/bin/sh"
#endif
