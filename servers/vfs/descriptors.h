/**
 * @file
 * Descriptors: the numbers by which a process knows its open files.
 *
 * Several descriptors, of one process or of many, may stand for the same open file: then they share
 * its offset. The file counts them; it is closed when the last one goes.
 */
#pragma once

#include <stdint.h>

#include "vfs/proto.h"

struct open_file;

/** A process's descriptors. */
struct descriptors {
    struct open_file *files[FILE_DESCRIPTORS]; /**< NULL: the descriptor is free */
};

struct open_file *descriptor_find(const struct descriptors *table, uint64_t descriptor);
int descriptor_take(struct descriptors *table, struct open_file *file, uint64_t lowest,
                    uint64_t *descriptor);
int descriptors_copy(const struct descriptors *from, uint64_t descriptor, struct descriptors *to,
                     uint64_t place, struct open_file **replaced);
struct open_file *descriptor_drop(struct descriptors *table, uint64_t descriptor);
