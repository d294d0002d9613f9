/**
 * @file
 * The root task's slots: which are for what. The kernel has filled those below
 * root_info.empty_first; these are behind.
 */
#pragma once

#include "abi/root.h"
#include "capability.h"

#define REGIONS_MAX 16u    /**< see shared.c */
#define PROCESSES_MAX 128u /**< see process.c */
#define PLACES_OF_PROCESS 6u
#define SERVICES_MAX 8u /**< see services.c */
#define PLACES_OF_SERVICE 2u

/** See blocks.c: for each process itself, its file and its draft, and for each region a block and
 * what was left of the one that it was split from. */
#define BLOCKS_MAX (ROOT_UNTYPED_MAX + 2 * (3 * PROCESSES_MAX + REGIONS_MAX))

/** See session_reserve(): who stands below others leaves them one part of so many of all memory and
 * of all places for each. */
#define RESERVE_PART 16u

/** Counted from root_info.empty_first on. */
enum place {
    PLACE_ENDPOINT,      /**< where faults and requests arrive */
    PLACE_ARRIVING,      /**< where a slot arrives that is for a new process */
    PLACE_NAMES_OWNER,   /**< the name server's endpoint, with all rights */
    PLACE_NAMES_TO_GIVE, /**< the same to give to processes */
    PLACE_SERVED,        /**< what processes from files are given: session.c */
    PLACE_WATCHER,       /**< signalled when a process has ended: session.c */
    PLACE_BLOCKS = 16,
    PLACE_REGIONS = PLACE_BLOCKS + BLOCKS_MAX,
    PLACE_PROCESSES = PLACE_REGIONS + REGIONS_MAX,
    PLACE_SERVICES = PLACE_PROCESSES + PLACES_OF_PROCESS * PROCESSES_MAX,
    PLACES = PLACE_SERVICES + PLACES_OF_SERVICE * SERVICES_MAX
};

_Static_assert(PLACES < ROOT_SLOTS / 2, "the kernel has filled less than half of the root's slots");

/** @return what the kernel has told the root task */
static inline const struct root_info *root_info(void)
{
    return (const struct root_info *)ROOT_INFO_ADDRESS;
}

/** @return the slot for something, an enum place and maybe a number more */
static inline slot place_slot(uint64_t place)
{
    return (slot){root_info()->empty_first + place};
}
