/**
 * @file
 * The loader: makes a process of a block of memory, and takes it apart.
 *
 * The block is as large as the process can ever need: its thread, capability space and page tables,
 * its stack at its largest, the pages of its program that are its own, and the untyped memory that
 * its privileges say. So a process that has been started never lacks memory for a page, and none
 * can take memory from another.
 *
 * Whatever fails: to give the block back undoes it all.
 */
#include "loader.h"

#include "extent.h"
#include "first_task.h"
#include "grant.h"
#include "init/proto.h"
#include "memory.h"
#include "places.h"
#include "session_parts.h"
#include "string.h"
#include "thread.h"

#define ATTACHED_MAX 16u /* regions that fit into a pool beside the pages */
#define FIXED_PAGES 3u   /* thread, IPC buffer, and what alignment takes */

#define POOL_HEADER 128u /* bytes of a CNode before its slots, and for each of them */
#define POOL_SLOT_SIZE 64u

/** @return the address of a slot in a process's pool */
slot pool_slot(const struct process *process, uint64_t number)
{
    return slot_in(process_slot(process, PROCESS_POOL), number);
}

/**
 * Takes the next slot of a process's pool.
 *
 * @param taken  set to its address
 * @return ERROR_NONE; ERROR_NO_MEMORY when the pool is full
 */
enum error pool_take(struct process *process, slot *taken)
{
    if (process->pool_next >= process->pool_slots) {
        return ERROR_NO_MEMORY;
    }
    *taken = pool_slot(process, process->pool_next++);
    return ERROR_NONE;
}

/** Empties the slot that was taken last, and gives it back. */
void pool_give_back(struct process *process)
{
    process->pool_next--;
    slot_delete(pool_slot(process, process->pool_next));
}

/** @return pages of a pool with so many slots */
static uint64_t pool_pages(uint64_t slots)
{
    return (POOL_HEADER + slots * POOL_SLOT_SIZE + PAGE_SIZE - 1) / PAGE_SIZE;
}

/** Finds out what a process needs, and takes it. @param tables set to pages for its tables */
static enum error take_memory(struct process *process, uint64_t *tables)
{
    struct extent extent = extent_of(process->image);
    uint64_t pages =
        extent.own_pages + INIT_STACK_PAGES + process->privileges->heap + process->more;
    uint64_t slots = POOL_PAGES + pages + extent.shared_runs + ATTACHED_MAX;

    *tables = extent.tables + process->privileges->tables;
    if (*tables > SPACE_TABLES_MAX || slots > CNODE_SLOTS_MAX) {
        return ERROR_NO_MEMORY;
    }
    process->pool_next = POOL_PAGES;
    process->pool_slots = (uint32_t)slots;
    process->memory =
        block_take(FIXED_PAGES + pool_pages(slots) + pool_pages(process->privileges->slots) +
                       *tables + pages + process->privileges->memory,
                   session_reserve(process->parent));
    return process->memory != NULL ? ERROR_NONE : ERROR_NO_MEMORY;
}

/** Makes an object of a process's memory. */
static enum error make(const struct process *process, enum object_kind kind, uint64_t size, slot to)
{
    return untyped_retype(block_slot(process->memory), OBJECT(kind, size), to);
}

/** Makes what a process consists of. */
static enum error make_parts(const struct process *process, uint64_t tables)
{
    const struct {
        enum object_kind kind;
        uint64_t size;
        slot to;
    } parts[] = {
        {OBJECT_CNODE, process->privileges->slots, process_slot(process, PROCESS_CSPACE)},
        {OBJECT_CNODE, process->pool_slots, process_slot(process, PROCESS_POOL)},
        {OBJECT_THREAD, 0, pool_slot(process, POOL_THREAD)},
        {OBJECT_SPACE, tables, pool_slot(process, POOL_SPACE)},
        {OBJECT_FRAME, 1, pool_slot(process, POOL_BUFFER)},
    };
    enum error error = ERROR_NONE;

    for (size_t i = 0; error == ERROR_NONE && i < sizeof(parts) / sizeof(parts[0]); i++) {
        error = make(process, parts[i].kind, parts[i].size, parts[i].to);
    }
    return error;
}

/** Puts the parts together. */
static enum error join_parts(const struct process *process)
{
    slot thread = pool_slot(process, POOL_THREAD), space = pool_slot(process, POOL_SPACE);
    slot buffer = pool_slot(process, POOL_BUFFER);
    const char *name = process->image->name;
    enum error error = frame_map(buffer, space, MEMORY_BUFFER, MEMORY_READ | MEMORY_WRITE);

    if (error == ERROR_NONE) {
        error = thread_configure(thread, process_slot(process, PROCESS_CSPACE), space, buffer);
    }
    if (error == ERROR_NONE) {
        error = loader_set_priority(process, process->privileges->priority);
    }
    return error == ERROR_NONE ? thread_set_name(thread, name, strlen(name)) : error;
}

/**
 * Makes a process. It does not run yet.
 *
 * @param process  with its name, image and privileges
 * @param given    what it is given in SLOT_GIVEN
 * @return as INIT_START in init/proto.h
 */
enum error loader_load(struct process *process, slot given)
{
    uint64_t tables = 0;
    enum error error = take_memory(process, &tables);

    if (error != ERROR_NONE) {
        return error;
    }
    error = make_parts(process, tables);
    if (error == ERROR_NONE) {
        error = join_parts(process);
    }
    if (error == ERROR_NONE) {
        error = grant_all(process, given);
    }
    if (error != ERROR_NONE) {
        loader_unload(process);
    }
    return error;
}

/** Lets a process run. @param argument for its main() @return what thread_start() refuses with */
enum error loader_let_run(const struct process *process, uint64_t argument)
{
    return thread_start(pool_slot(process, POOL_THREAD), process->image->header->entry, STACK_END,
                        argument);
}

/** Takes a process apart: nothing is left of it. */
void loader_unload(struct process *process)
{
    block_give_back(process->memory);
    process->memory = NULL;
}

/** Sets the level of a process's first thread. @return what thread_set_priority() refuses with */
enum error loader_set_priority(const struct process *process, uint64_t level)
{
    return thread_set_priority(pool_slot(process, POOL_THREAD), level);
}

/** @return the state of a process's thread, as THREAD_FACT_STATE tells it: 0 to 3 */
uint64_t loader_state(const struct process *process)
{
    return thread_read(pool_slot(process, POOL_THREAD), THREAD_FACT_STATE).value;
}
