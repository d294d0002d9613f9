/**
 * @file
 * Shared memory: regions that processes attach by name.
 *
 * A region is one frame, made of a block of its own. Whoever attaches it gets a copy of the frame's
 * capability into its pool. It goes when no process that has attached it is left.
 */
#include "shared.h"

#include "init/proto.h"
#include "loader.h"
#include "memory.h"
#include "places.h"
#include "session_parts.h"

/** A region; all 0 when there is none in this place. */
struct region {
    uint64_t name;
    uint64_t pages;
    struct block *memory;
};

static struct region regions[REGIONS_MAX];

_Static_assert(REGIONS_MAX <= 64, "a process has a bit for each");
_Static_assert(INIT_REGION_PAGES <= FRAME_PAGES_MAX, "a region is one frame");

static slot frame_of(const struct region *region)
{
    return place_slot(PLACE_REGIONS + (uint64_t)(region - regions));
}

/** Finds a region by its name; 0 finds a free place. @return NULL when there is none */
static struct region *find(uint64_t name)
{
    for (size_t i = 0; i < REGIONS_MAX; i++) {
        if (regions[i].name == name) {
            return &regions[i];
        }
    }
    return NULL;
}

static void discard(struct region *region)
{
    block_give_back(region->memory);
    *region = (struct region){0};
}

/** Makes a region. @return NULL when there is no place or no memory for it */
static struct region *make(uint64_t name, uint64_t pages, unsigned reserve)
{
    struct region *region = find(0);
    struct block *memory = region != NULL ? block_take(pages, reserve) : NULL;

    if (memory == NULL) {
        return NULL;
    }
    *region = (struct region){name, pages, memory};
    if (untyped_retype(block_slot(memory), OBJECT(OBJECT_FRAME, pages), frame_of(region)) !=
        ERROR_NONE) {
        discard(region);
        return NULL;
    }
    return region;
}

/** Maps a region's first pages for a process. */
static enum error map(struct process *process, const struct region *region, uint64_t address,
                      uint64_t extent)
{
    uint64_t rights = MEMORY_EXTENT_RIGHTS(extent);
    slot taken;
    enum error error = pool_take(process, &taken);

    if (error != ERROR_NONE) {
        return error;
    }
    error = slot_copy(taken, frame_of(region), rights, FRAME_PART(0, MEMORY_EXTENT_PAGES(extent)));
    if (error == ERROR_NONE) {
        error = frame_map(taken, pool_slot(process, POOL_SPACE), address, rights);
    }
    if (error != ERROR_NONE) {
        pool_give_back(process);
    }
    return error;
}

/** @return what is wrong with the numbers of a request; ERROR_NONE */
static enum error check(uint64_t name, uint64_t extent)
{
    uint64_t pages = MEMORY_EXTENT_PAGES(extent);
    unsigned rights = MEMORY_EXTENT_RIGHTS(extent);

    if (name == 0 || pages == 0 || pages > INIT_REGION_PAGES || rights == 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    return rights & MEMORY_EXECUTE ? ERROR_NO_RIGHT : ERROR_NONE;
}

/**
 * Maps a region for a process.
 *
 * @param process  who wants it
 * @param name     of the region, any number
 * @param address  where, any number
 * @param extent   MEMORY_EXTENT(pages, rights), any number
 * @return as INIT_ATTACH in init/proto.h
 */
enum error shared_attach(struct process *process, uint64_t name, uint64_t address, uint64_t extent)
{
    struct region *region = find(name);
    bool is_new = region == NULL;
    enum error error = check(name, extent);

    if (error != ERROR_NONE) {
        return error;
    }
    if (is_new) {
        region = make(name, MEMORY_EXTENT_PAGES(extent), session_reserve(process->id));
    }
    if (region == NULL) {
        return ERROR_NO_MEMORY;
    }
    if (MEMORY_EXTENT_PAGES(extent) > region->pages) {
        return ERROR_INVALID_ARGUMENT;
    }
    error = map(process, region, address, extent);
    if (error == ERROR_NONE) {
        process->regions |= (uint64_t)1 << (region - regions);
    } else if (is_new) {
        discard(region);
    }
    return error;
}

/**
 * Gives back regions that nobody uses.
 *
 * @param mask  a bit for each that stays
 */
void shared_keep(uint64_t mask)
{
    for (size_t i = 0; i < REGIONS_MAX; i++) {
        if (regions[i].name != 0 && (mask >> i & 1) == 0) {
            discard(&regions[i]);
        }
    }
}
