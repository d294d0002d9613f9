/**
 * @file
 * What the root task, the first program, finds when it starts.
 *
 * Its capability space has ROOT_SLOTS slots. It holds everything: all memory that the kernel does
 * not need, all interrupt lines but the timer's, all I/O ports, the files.
 */
#pragma once

#include <stdint.h>

#include "abi/capability.h"

#define ROOT_SLOTS 4096u
#define ROOT_SPACE_TABLES 64u

/** Slots of the root task. */
enum root_slot {
    ROOT_SLOT_CSPACE = 4, /**< its own parts */
    ROOT_SLOT_SPACE,
    ROOT_SLOT_THREAD,
    ROOT_SLOT_BUFFER,       /**< the frame of its IPC buffer */
    ROOT_SLOT_PORTS,        /**< all I/O ports */
    ROOT_SLOT_INFO,         /**< the frame with struct root_info */
    ROOT_SLOT_SCREEN,       /**< the text screen's memory: 8 pages from 0xB8000 on */
    ROOT_SLOT_IRQ = 16,     /**< and the line's number; the timer's is empty */
    ROOT_SLOT_UNTYPED = 32, /**< root_info.untyped_count of them, the largest first */
    ROOT_SLOT_FILES = 48,   /**< root_info.file_count of them: frames, to read and execute */
    ROOT_SLOT_IMAGE = 112,  /**< from here on its own pages, up to root_info.empty_first */
};

#define ROOT_UNTYPED_MAX 16u
#define ROOT_FILES_MAX 64u
#define ROOT_FILE_NAME_SIZE 16u
#define ROOT_INFO_ADDRESS 0x0000700000000000ul /**< where struct root_info is mapped, to read */

/** A file that the boot loader has brought. */
struct root_file {
    char name[ROOT_FILE_NAME_SIZE]; /**< ends with NUL */
    uint64_t size;                  /**< in bytes */
};

/** A run of memory. */
struct root_memory {
    uint64_t start, bytes;
};

/** What is where. */
struct root_info {
    uint64_t untyped_count, file_count;
    uint64_t empty_first;    /**< from this slot on all are empty */
    uint64_t memory_total;   /**< bytes of memory that the boot loader has told of */
    uint64_t kernel_reserve; /**< bytes of it that no capability is for: the kernel's own */
    struct root_memory untyped[ROOT_UNTYPED_MAX]; /**< in the order of their slots */
    struct root_file files[ROOT_FILES_MAX];       /**< likewise */
};
