/**
 * @file
 * The model of address spaces: an array of pages for each region of each space.
 */
#include "models/pages.h"

#include <string.h>

#include "abi/memory.h"
#include "abi/memory_files.h"
#include "arch/paging.h"

static struct model_page pages[PAGES_SPACES][PAGES_REGIONS][PAGES_PER_REGION];

/* Borders of tables of each level, and of what programs may have. */
static const uint64_t borders[PAGES_REGIONS] = {
    MEMORY_START + PAGES_BORDER * PAGE_SIZE,
    0x800000,
    0x40000000,
    0x8000000000,
    0x700000000000,
    0x7FFFC0000000,
    MEMORY_END - PAGE_SIZE,
};

/** Begins without a page. */
void pages_start(void)
{
    memset(pages, 0, sizeof(pages));
}

/** An address space ends. */
void pages_clear(int space)
{
    memset(pages[space], 0, sizeof(pages[space]));
}

/** @return the address of a region's first page */
uint64_t pages_region(int region)
{
    return borders[region] - (uint64_t)PAGES_BORDER * PAGE_SIZE;
}

/** @return a page; NULL for one that is in no region */
struct model_page *pages_at(int space, uint64_t address)
{
    for (int region = 0; region < PAGES_REGIONS; region++) {
        uint64_t number = (address - pages_region(region)) / PAGE_SIZE;

        if (address >= pages_region(region) && number < PAGES_PER_REGION) {
            return &pages[space][region][number];
        }
    }
    return NULL;
}

/** @return how many pages show a frame */
unsigned pages_uses(uint64_t frame)
{
    const struct model_page *page = &pages[0][0][0];
    unsigned uses = 0;

    for (size_t i = 0; i < PAGES_SPACES * PAGES_REGIONS * PAGES_PER_REGION; i++) {
        uses += page[i].frame == frame;
    }
    return uses;
}

static struct model_page *page_of(const struct model_run *run, uint64_t number)
{
    return pages_at(run->space, run->address + number * PAGE_SIZE);
}

/** Reads the arguments of a memory call. */
enum error pages_check(uint64_t address, uint64_t extent, struct model_run *run)
{
    unsigned rights = extent & 7;
    unsigned __int128 end = (unsigned __int128)address + (extent >> 3) * (unsigned __int128)4096;

    if (rights == 0 || (rights & 6) == 6 || address % PAGE_SIZE != 0 || extent >> 3 == 0 ||
        extent >> 3 > MEMORY_PAGES_MAX) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (address < MEMORY_START || end > MEMORY_BUFFER) {
        return ERROR_BAD_ADDRESS;
    }
    run->address = address;
    run->pages = extent >> 3;
    run->rights = rights;
    return ERROR_NONE;
}

/** Whether nothing is mapped there yet. */
enum error pages_may_map(const struct model_run *run)
{
    for (uint64_t i = 0; i < run->pages; i++) {
        if (page_of(run, i)->frame != 0) {
            return ERROR_BUSY;
        }
    }
    return ERROR_NONE;
}

/** Changes rights: of all pages, or of none. */
enum error pages_protect(const struct model_run *run)
{
    for (uint64_t i = 0; i < run->pages; i++) {
        const struct model_page *page = page_of(run, i);

        if (page->frame == 0) {
            return ERROR_BAD_ADDRESS;
        }
        if ((run->rights & ~page->rights) != 0 && pages_uses(page->frame) > 1) {
            return ERROR_NO_RIGHT;
        }
    }
    for (uint64_t i = 0; i < run->pages; i++) {
        page_of(run, i)->rights = run->rights | MEMORY_READ;
    }
    return ERROR_NONE;
}

static enum error share_page(const struct model_run *to, uint64_t number, uint64_t from)
{
    const struct model_page *source = pages_at(0, from + number * PAGE_SIZE);
    struct model_page *target = page_of(to, number);

    if (source->frame == 0) {
        return ERROR_BAD_ADDRESS;
    }
    if ((to->rights & ~source->rights) != 0) {
        return ERROR_NO_RIGHT;
    }
    if (target->frame != 0) {
        return ERROR_BUSY;
    }
    *target = (struct model_page){source->frame, to->rights | MEMORY_READ};
    return ERROR_NONE;
}

/** Shows pages of space 0 in another place, too: all of them, or none. */
enum error pages_share(const struct model_run *to, uint64_t from)
{
    uint64_t distance = to->address > from ? to->address - from : from - to->address;
    enum error error = ERROR_NONE;
    uint64_t done = 0;

    if (to->space == 0 && distance < to->pages * PAGE_SIZE) {
        return ERROR_INVALID_ARGUMENT;
    }
    while (done < to->pages && error == ERROR_NONE) {
        error = share_page(to, done, from);
        done += error == ERROR_NONE;
    }
    for (uint64_t i = 0; error != ERROR_NONE && i < done; i++) {
        *page_of(to, i) = (struct model_page){0};
    }
    return error;
}

/** Takes pages away. */
void pages_unmap(const struct model_run *run)
{
    for (uint64_t i = 0; i < run->pages; i++) {
        *page_of(run, i) = (struct model_page){0};
    }
}

/** @return whether a program may access each of some bytes */
bool pages_may_access(int space, uint64_t address, uint64_t size, unsigned rights)
{
    uint64_t last = address + size - 1;

    if (size == 0) {
        return true;
    }
    if (last < address || address < MEMORY_START || last >= MEMORY_END) {
        return false;
    }
    for (uint64_t page = address / PAGE_SIZE; page <= last / PAGE_SIZE; page++) {
        const struct model_page *found = pages_at(space, page * PAGE_SIZE);

        if (found == NULL || found->frame == 0 || (rights & ~found->rights) != 0) {
            return false;
        }
    }
    return true;
}
