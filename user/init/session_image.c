/**
 * @file
 * The files of programs that processes bring, in memory.
 *
 * A process that is about to start a program has a draft: a frame that both it and the root task
 * have mapped. It writes the file into it. When it is done, the draft is taken out of its hands and
 * mapped nowhere but here; only then is it looked at. If a program is in it, it becomes the new
 * process's image, and goes with that.
 *
 * The root task sees all of them in its window, which is as large as WINDOW_TABLES page tables
 * reach.
 */
#include "session_image.h"

#include "init/session_proto.h"
#include "loader.h"
#include "memory.h"
#include "places.h"
#include "session_parts.h"
#include "string.h"

#define WINDOW_START 0x580000000000ul
#define WINDOW_TABLES 32u /* of the root task's ROOT_SPACE_TABLES */
#define UNIT_PAGES 16u    /* the window is given out in units */
#define UNITS (WINDOW_TABLES * 512u / UNIT_PAGES)

/** A program's file in memory, or what is to become one. `memory` is NULL: there is none. */
struct draft {
    struct block *memory;
    uint64_t pages;
    uint64_t unit; /**< of the window: the first */
    struct image image;
    char name[INIT_NAME_MAX + 1];
};

static struct draft drafts[PROCESSES_MAX]; /* what a process writes */
static struct draft loaded[PROCESSES_MAX]; /* what it has been started from */
static bool is_unit_used[UNITS];

static struct draft *draft_of(const struct process *process)
{
    return &drafts[process_index(process)];
}

static uint64_t units_for(uint64_t pages)
{
    return (pages + UNIT_PAGES - 1) / UNIT_PAGES;
}

static void set_units(uint64_t first, uint64_t count, bool are_used)
{
    memset(&is_unit_used[first], are_used, count);
}

/** Finds a place in the window, with so many RESERVE_PARTs behind it that stay free. @return its
 * first unit; UNITS when there is none */
static uint64_t find_units(uint64_t count, unsigned reserve)
{
    uint64_t free = 0;

    count += reserve * (UNITS / RESERVE_PART);
    for (uint64_t unit = 0; unit < UNITS; unit++) {
        free = is_unit_used[unit] ? 0 : free + 1;
        if (free == count) {
            return unit + 1 - count;
        }
    }
    return UNITS;
}

static uint64_t window_address(const struct draft *draft)
{
    return WINDOW_START + draft->unit * UNIT_PAGES * PAGE_SIZE;
}

/** Gives back a draft's memory; nobody sees it any more. */
static void discard(struct draft *draft)
{
    if (draft->memory != NULL) {
        block_give_back(draft->memory);
        set_units(draft->unit, units_for(draft->pages), false);
        *draft = (struct draft){0};
    }
}

/** Makes a draft's frame, and maps it in the window. */
static enum error make_frame(const struct draft *draft, slot frame)
{
    enum error error =
        untyped_retype(block_slot(draft->memory), OBJECT(OBJECT_FRAME, draft->pages), frame);

    if (error == ERROR_NONE) {
        error = frame_map(frame, (slot){ROOT_SLOT_SPACE}, window_address(draft), MEMORY_READ);
    }
    return error;
}

/** Shows a draft to its process. */
static enum error show(struct process *process, slot frame, uint64_t address)
{
    slot copy = pool_slot(process, POOL_DRAFT);
    uint64_t rights = MEMORY_READ | MEMORY_WRITE;
    enum error error = slot_copy(copy, frame, rights, 0);

    return error == ERROR_NONE ? frame_map(copy, pool_slot(process, POOL_SPACE), address, rights)
                               : error;
}

/**
 * Makes memory for a program's file. The process's draft before goes.
 *
 * @param process  who wants to start a program
 * @param pages    any number
 * @param address  where it wants to see it, any number
 * @return as INIT_IMAGE in session_proto.h
 */
enum error draft_make(struct process *process, uint64_t pages, uint64_t address)
{
    struct draft *draft = draft_of(process);
    slot frame = process_slot(process, PROCESS_DRAFT);
    unsigned reserve = session_reserve(process->id);
    enum error error;

    discard(draft);
    if (pages == 0 || pages > INIT_IMAGE_PAGES) {
        return ERROR_INVALID_ARGUMENT;
    }
    draft->unit = find_units(units_for(pages), reserve);
    draft->memory = draft->unit < UNITS ? block_take(pages, reserve) : NULL;
    if (draft->memory == NULL) {
        return ERROR_NO_MEMORY;
    }
    draft->pages = pages;
    set_units(draft->unit, units_for(pages), true);
    error = make_frame(draft, frame);
    if (error == ERROR_NONE) {
        error = show(process, frame, address);
    }
    if (error != ERROR_NONE) {
        discard(draft);
    }
    return error;
}

/** @return whether a process has a draft of at least so many pages */
bool draft_is_large_enough(const struct process *process, uint64_t pages)
{
    const struct draft *draft = draft_of(process);

    return draft->memory != NULL && pages <= draft->pages;
}

/**
 * Takes a draft out of its process's hands, and looks at it.
 *
 * @param process  has a draft
 * @param name     the program's
 * @param size     of the file, in bytes; all of it is in the draft
 * @param image    set; it stays with the draft
 * @return ERROR_NONE; ERROR_BAD_PROGRAM
 */
enum error draft_close(struct process *process, const char *name, uint64_t size,
                       const struct image **image)
{
    struct draft *draft = draft_of(process);
    slot frame = process_slot(process, PROCESS_DRAFT);

    slot_revoke(frame);
    memcpy(draft->name, name, sizeof(draft->name));
    draft->image = (struct image){.name = draft->name,
                                  .frame = frame,
                                  .bytes = (const uint8_t *)window_address(draft),
                                  .size = size};
    image_check(&draft->image, INIT_HEAP_START);
    *image = &draft->image;
    return draft->image.header != NULL ? ERROR_NONE : ERROR_BAD_PROGRAM;
}

/**
 * Makes a draft the image of a process, with which it then goes.
 *
 * @param from  whose draft, closed
 * @param to    has been made of its image
 */
void draft_hand_over(struct process *from, struct process *to)
{
    struct draft *draft = draft_of(from), *image = &loaded[process_index(to)];

    *image = *draft;
    *draft = (struct draft){0};
    image->image.name = image->name;
    image->image.frame = process_slot(to, PROCESS_IMAGE);
    slot_move(image->image.frame, process_slot(from, PROCESS_DRAFT));
    to->image = &image->image;
}

/** Discards a process's draft, if it has one. */
void draft_discard(struct process *process)
{
    discard(draft_of(process));
}

/** Discards the file that a process was started from, if it has one of its own. */
void image_discard(struct process *process)
{
    discard(&loaded[process_index(process)]);
}
