/**
 * @file
 * Regions: memory that clients share, by name.
 *
 * The first task maps each in its own memory, and shows it from there to whoever asks. It goes when
 * no client that has attached it is left.
 */
#include "regions.h"

#include "init/proto.h"

#define REGIONS_MAX 16u
#define REGIONS_START 0x500000000000ul

/** A region; all 0 when there is none in this place. */
struct region {
    uint64_t name;
    uint64_t pages;
};

static struct region regions[REGIONS_MAX];

_Static_assert(REGIONS_MAX <= 64 && INIT_REGION_PAGES <= MEMORY_PAGES_MAX,
               "a client has a bit for each; one call maps all of it");

static uint64_t address_of(const struct region *region)
{
    return REGIONS_START + (uint64_t)(region - regions) * INIT_REGION_PAGES * PAGE_SIZE;
}

static uint64_t extent_of(uint64_t pages)
{
    return MEMORY_EXTENT(pages, MEMORY_READ | MEMORY_WRITE);
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

/** Makes a region. Without place or memory for it, tries again when unused ones have gone. */
static enum error make(uint64_t name, uint64_t pages, struct region **made)
{
    enum error error = ERROR_NO_MEMORY;

    for (int attempt = 0; error == ERROR_NO_MEMORY && attempt < 2; attempt++) {
        struct region *region = find(0);

        if (region != NULL) {
            error = memory_map(TASK_SELF, address_of(region), extent_of(pages));
        }
        if (error == ERROR_NONE) {
            *region = (struct region){name, pages};
            *made = region;
        } else if (error == ERROR_NO_MEMORY) {
            clients_sweep();
        }
    }
    return error;
}

/**
 * Maps a region for a client.
 *
 * @param client   who wants it
 * @param name     of the region, any number
 * @param address  where, any number
 * @param extent   MEMORY_EXTENT(pages, rights), any number
 * @return as INIT_ATTACH in init/proto.h
 */
enum error region_attach(struct client *client, uint64_t name, uint64_t address, uint64_t extent)
{
    uint64_t pages = MEMORY_EXTENT_PAGES(extent);
    struct region *region = find(name);
    enum error error = ERROR_NONE;

    if (name == 0 || pages == 0 || pages > INIT_REGION_PAGES) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (region == NULL) {
        error = make(name, pages, &region);
    }
    if (error == ERROR_NONE && pages > region->pages) {
        error = ERROR_INVALID_ARGUMENT;
    }
    if (error == ERROR_NONE) {
        error = memory_share(client->task, address, address_of(region), extent);
    }
    if (error == ERROR_NONE) {
        client->regions |= (uint64_t)1 << (region - regions);
    }
    return error;
}

/**
 * Gives back regions that nobody uses.
 *
 * @param mask  a bit for each that stays
 */
void regions_keep(uint64_t mask)
{
    for (size_t i = 0; i < REGIONS_MAX; i++) {
        struct region *region = &regions[i];

        if (region->name != 0 && (mask >> i & 1) == 0) {
            memory_unmap(TASK_SELF, address_of(region), extent_of(region->pages));
            *region = (struct region){0};
        }
    }
}
