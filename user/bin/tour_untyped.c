/**
 * @file
 * The tour, 3: untyped memory. The kernel gives out no memory: whoever wants an object says of
 * which memory. Objects lie one behind the other, aligned; when all of them are gone, the memory is
 * free again, and what is made of it next is empty.
 *
 * The printed sizes are those of kernel/abi/capability.h, and of object_measure() in the kernel.
 */
#include "bin/tour.h"

#include "program.h"

#define MEMORY ((slot){SLOT_OWN_MEMORY})
#define SPACE ((slot){SLOT_OWN_SPACE})
#define FIRST 4u /* slots of the objects */
#define PIECE ((slot){20})
#define FRAME ((slot){21})
#define ADDRESS 0x20000000ul

/** What is made, in this order, and where its end should be: bytes from the memory's start. */
static const struct {
    const char *name;
    enum object_kind kind;
    uint64_t size, end;
} objects[] = {
    {"an endpoint: 64 bytes", OBJECT_ENDPOINT, 0, 64},
    {"a notification: 64 bytes", OBJECT_NOTIFICATION, 0, 128},
    {"a thread: 2048 bytes, aligned to that", OBJECT_THREAD, 0, 4096},
    {"a space for 14 capabilities: 64 bytes each and 128", OBJECT_CNODE, 14, 4096 + 1024},
    {"a frame: 2 pages, aligned", OBJECT_FRAME, 2, 4 * 4096},
    {"an address space: 4 pages of tables and one more", OBJECT_SPACE, 4, 9 * 4096},
    {"untyped memory: 1 page, to be handed on", OBJECT_UNTYPED, 1, 10 * 4096},
};

#define OBJECTS (sizeof(objects) / sizeof(objects[0]))

static uint64_t free_bytes(slot untyped)
{
    return slot_read(untyped, SLOT_READ_SIZE).value;
}

static void make_each_kind(uint64_t all)
{
    for (uint64_t i = 0; i < OBJECTS; i++) {
        tour_make(objects[i].kind, objects[i].size, (slot){FIRST + i});
        print("[tour]   %s; %lu bytes are used\n", objects[i].name, all - free_bytes(MEMORY));
        tour_expect(objects[i].name, all - objects[i].end, free_bytes(MEMORY));
    }
}

/** Makes frames until there is no memory left for one. */
static void exhaust(void)
{
    enum error error = ERROR_NONE;
    uint64_t left = free_bytes(MEMORY) / PAGE_SIZE, made = 0;

    while (error == ERROR_NONE && made <= left) {
        error = object_create(OBJECT_FRAME, 1, (slot){FIRST + OBJECTS + made});
        made += error == ERROR_NONE;
    }
    print("[tour] %lu frames of a page more, and it is used up:\n", made);
    tour_refused("one frame more", ERROR_NO_MEMORY, error);
    tour_expect("frames", left, made);
    tour_expect("bytes left", 0, free_bytes(MEMORY));
}

/** Makes a frame of the piece's only page, and maps it. @return its first word */
static volatile uint64_t *only_page(void)
{
    tour_do("a frame", untyped_retype(PIECE, OBJECT(OBJECT_FRAME, 1), FRAME));
    tour_do("mapping", frame_map(FRAME, SPACE, ADDRESS, MEMORY_READ | MEMORY_WRITE));
    return (volatile uint64_t *)ADDRESS;
}

/** Untyped memory. @param argument any number below 2^62 @return twice that, by way of a page */
int64_t main(uint64_t argument)
{
    uint64_t all = free_bytes(MEMORY), word;

    print("[tour] 3. Untyped memory: I have %lu bytes, and make of it:\n", all);
    make_each_kind(all);
    exhaust();
    tour_do("revoke", slot_revoke(MEMORY));
    print("[tour] The memory is revoked: all of that is gone, %lu bytes are free.\n",
          free_bytes(MEMORY));
    tour_expect("bytes free", all, free_bytes(MEMORY));
    tour_expect("the thread's slot", 0, slot_kind((slot){FIRST + 2}));
    tour_make(OBJECT_UNTYPED, 1, PIECE);
    *only_page() = argument;
    word = *(volatile uint64_t *)ADDRESS;
    tour_refused("a second frame of a single page", ERROR_NO_MEMORY,
                 untyped_retype(PIECE, OBJECT(OBJECT_FRAME, 1), (slot){FIRST}));
    tour_do("revoke", slot_revoke(PIECE));
    tour_expect("the same page again", 0, *only_page());
    print("[tour] A page, %lu in it, taken back and made anew: the same page, and it is empty.\n",
          word);
    return tour_end(argument + word);
}
