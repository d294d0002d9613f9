/**
 * @file
 * Ctrl-C: that it was typed, and ending a command with everything that it has started.
 */
#pragma once

#include <sys/types.h>

void interrupt_end(pid_t pid, int signal);
void interrupt_listen(int terminal);
unsigned long interrupt_count(void);
