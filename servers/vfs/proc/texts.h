/**
 * @file
 * Who writes the texts of /proc.
 */
#pragma once

#include "vfs/proc/text.h"
#include "vfs/root.h"

/* system.c */

void text_meminfo(struct text *text);
void text_uptime(struct text *text);
void text_version(struct text *text);
void text_time(struct text *text);
void text_mounts(struct text *text);
void text_kmsg(struct text *text);

/* ipc_stats.c */

void text_ipc_stats(struct text *text);

/* process.c and capabilities.c */

void text_process_status(struct text *text, const struct root_process *process);
void text_process_name(struct text *text, const struct root_process *process);
void text_process_files(struct text *text, const struct root_process *process);
void text_process_caps(struct text *text, const struct root_process *process);
