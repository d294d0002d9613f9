/**
 * @file
 * Images: the programs that can be started, as their files show them.
 */
#pragma once

#include <stddef.h>

#include "abi/elf.h"
#include "abi/error.h"
#include "slot.h"

/** Most files. */
#define IMAGES_MAX 64u

/** A file. */
struct image {
    const char *name;
    slot frame; /**< what its pages are in */
    const uint8_t *bytes;
    uint64_t size;
    const struct elf_header *header; /**< NULL: the file is no program that can be loaded */
    const struct elf_segment *segments;
};

void image_check(struct image *image, uint64_t end);
void image_add(const struct image *file, uint64_t end);
enum error image_find(const char *name, const struct image **found);
const struct elf_segment *image_segment(const struct image *image, uint64_t page);
unsigned segment_rights(const struct elf_segment *segment);
