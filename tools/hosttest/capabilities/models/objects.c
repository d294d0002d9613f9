/**
 * @file
 * The model's memory: objects of untyped memory, and frames in address spaces.
 */
#include <stdlib.h>

#include "abi/memory.h"
#include "arch/paging.h"
#include "harness.h"
#include "models/model.h"

#define TABLE_ENTRY_BITS 9u
#define PAGE_BITS 12u

/** @return where the kernel sees an object */
void *model_memory(int object)
{
    return paging_window(model.objects[object].start);
}

/** @return its number */
int model_add_object(struct model_object object)
{
    int number = 0;

    while (number < model.object_count && model.objects[number].is_alive) {
        number++;
    }
    EXPECT(number < MODEL_OBJECTS, "the model has room for %d objects", MODEL_OBJECTS);
    model.object_count += number == model.object_count;
    free(model.objects[number].tables);
    free(model.objects[number].thread);
    model.objects[number] = object;
    model.objects[number].is_alive = true;
    model.objects[number].server = MODEL_NOBODY;
    if (object.kind == OBJECT_SPACE) {
        model.objects[number].tables = calloc(object.count, sizeof(struct model_table));
        model.objects[number].tables_used = 1;
    }
    if (object.kind == OBJECT_THREAD) {
        model.objects[number].thread = calloc(1, sizeof(struct model_thread));
        *model.objects[number].thread = (struct model_thread){
            .object = number, .state = THREAD_STOPPED, .bound = MODEL_NOBODY, .at = MODEL_NOBODY};
    }
    return number;
}

/** What an object takes: bytes, and what its address is a multiple of. 0 bytes: no such object. */
static uint64_t measure(enum object_kind kind, uint64_t size, uint64_t *multiple)
{
    *multiple = 64;
    switch (kind) {
    case OBJECT_CNODE:
        return size >= 2 && size <= 65536 ? 128 + 64 * size : 0;
    case OBJECT_ENDPOINT:
    case OBJECT_NOTIFICATION:
        return size == 0 ? 64 : 0;
    case OBJECT_THREAD:
        *multiple = 2048;
        return size == 0 ? 2048 : 0;
    case OBJECT_SPACE:
        *multiple = 4096;
        return size >= 4 && size <= 512 ? 4096 * (size + 1) : 0;
    case OBJECT_FRAME:
    case OBJECT_UNTYPED:
        *multiple = 4096;
        return size >= 1 && size <= (kind == OBJECT_FRAME ? 512 : UINT32_MAX) ? 4096 * size : 0;
    default:
        return 0;
    }
}

static uint64_t used(int untyped)
{
    return model_has_child(untyped) ? model.caps[untyped].next : 0;
}

/** @return bytes of an untyped behind what has been made from it */
uint64_t model_untyped_free(int cap)
{
    return model.caps[cap].size - used(cap);
}

/** What the capability to a new object is. */
static struct model_cap describe(enum object_kind kind, uint64_t size, uint64_t start,
                                 uint64_t bytes)
{
    struct model_cap cap = {
        .kind = kind, .rights = RIGHTS_ALL, .object = MODEL_NOBODY, .space = MODEL_NOBODY};

    if (kind == OBJECT_FRAME || kind == OBJECT_UNTYPED) {
        cap.start = start;
        cap.size = bytes;
    } else {
        cap.object = model_add_object(
            (struct model_object){.kind = kind, .start = start, .bytes = bytes, .count = size});
    }
    if (kind == OBJECT_THREAD) {
        model_thread(cap.object)->level = model_thread(model.current)->level;
    }
    return cap;
}

/** untyped_retype of the current thread. */
enum error model_retype(uint64_t untyped, uint64_t object, uint64_t to)
{
    enum object_kind kind = (enum object_kind)(object % 256);
    int from = model_find(model.current, untyped, OBJECT_UNTYPED);
    struct model_cap *cap = &model.caps[from == MODEL_NOBODY ? 0 : from];
    struct slot *target;
    uint64_t multiple, bytes = measure(kind, object / 256, &multiple), address;

    if (from == MODEL_NOBODY || model_locate(model.current, to, &target) != ERROR_NONE ||
        model_cap_at(target) != MODEL_NOBODY || model_caller(target) != MODEL_NOBODY) {
        return ERROR_BAD_SLOT;
    }
    if (bytes == 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    address = cap->start + used(from);
    while (address % multiple != 0) {
        address += 64 - address % 64;
    }
    if (address + bytes > cap->start + cap->size) {
        return ERROR_NO_MEMORY;
    }
    cap->next = address + bytes - cap->start;
    model_derive(target, describe(kind, object / 256, address, bytes), from);
    return ERROR_NONE;
}

/** Adds a table if it is missing. @return false when there is no page for it */
bool model_space_add_table(struct model_object *space, unsigned level, uint64_t address)
{
    uint64_t prefix = address >> (PAGE_BITS + TABLE_ENTRY_BITS * level);

    for (uint64_t i = 1; i < space->tables_used; i++) {
        if (space->tables[i].level == level && space->tables[i].prefix == prefix) {
            return true;
        }
    }
    if (space->tables_used == space->count) {
        return false;
    }
    space->tables[space->tables_used++] = (struct model_table){level, prefix};
    return true;
}

static bool is_mapped(int space, uint64_t address)
{
    for (int i = 0; i < model.cap_count; i++) {
        const struct model_cap *cap = &model.caps[i];

        if (cap->slot != NULL && cap->space == space && address >= cap->address &&
            address - cap->address < cap->size) {
            return true;
        }
    }
    return false;
}

/** The pages of a frame, one after the other. */
static enum error map_pages(const struct model_cap *frame, int space, uint64_t address)
{
    for (uint64_t at = address; at < address + frame->size; at += PAGE_SIZE) {
        for (unsigned level = 3; level > 0; level--) {
            if (!model_space_add_table(&model.objects[space], level, at)) {
                return ERROR_NO_MEMORY;
            }
        }
        if (is_mapped(space, at)) {
            return ERROR_BUSY;
        }
    }
    return ERROR_NONE;
}

/** frame_map. */
enum error model_map(int frame, int space, uint64_t address, uint64_t rights)
{
    struct model_cap *cap = &model.caps[frame];
    unsigned __int128 end = (unsigned __int128)address + cap->size;
    enum error error;

    if (address % PAGE_SIZE != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (address < MEMORY_START || end > MEMORY_END) {
        return ERROR_BAD_ADDRESS;
    }
    if (rights != 1 && rights != 3 && rights != 5) {
        return ERROR_INVALID_ARGUMENT;
    }
    if ((rights & ~(uint64_t)cap->rights) != 0) {
        return ERROR_NO_RIGHT;
    }
    if (cap->space == space && cap->address == address) {
        cap->mapped_rights = (unsigned)rights;
        return ERROR_NONE;
    }
    if (cap->space != MODEL_NOBODY) {
        return ERROR_BUSY;
    }
    error = map_pages(cap, space, address);
    if (error == ERROR_NONE) {
        cap->space = space;
        cap->address = address;
        cap->mapped_rights = (unsigned)rights;
    }
    return error;
}
