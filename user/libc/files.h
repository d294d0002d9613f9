/**
 * @file
 * Where the C library finds the VFS server.
 */
#pragma once

#include "slot.h"

/**
 * The VFS server's endpoint: SLOT_GIVEN in a program from the disk. Slot 0 in all others, which
 * have no files then (ENOSYS), until the program sets it.
 */
extern slot files_endpoint;
