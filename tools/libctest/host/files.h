/**
 * @file
 * The VFS server's stand-in: the host's files. It can answer in small pieces, and fail.
 */
#pragma once

#include <stdbool.h>

extern unsigned files_calls; /**< requests so far */
extern unsigned files_fail;  /**< this many requests from now, one fails with EIO; 0: none */
extern bool files_in_pieces; /**< reads and writes of pipes take what they like; files are whole */
extern int files_open;       /**< descriptors that have been opened and not been closed */

extern unsigned files_begun;     /**< process of the last FILE_BEGIN */
extern unsigned files_passed[8]; /**< from << 16 | to, of each FILE_PASS since then */
extern unsigned files_passed_count;
