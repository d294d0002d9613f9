/**
 * @file
 * The process that the machine ends with.
 */
#pragma once

void last_process_end(void);
