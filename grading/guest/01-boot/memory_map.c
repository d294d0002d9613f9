/**
 * @file
 * Exercise "memory-map": invented maps, and the memory of real machines.
 *
 * Each invented map ends where the kernel's stack ends, and the page behind is missing: whoever
 * reads past the end of the map is caught at it. (The kernel's stack is in use only inside an
 * entry to the kernel.)
 */
#include "arch/x86_64/multiboot.h"

#include "arch/paging.h"
#include "arch/stacks.h"
#include "catch.h"
#include "guest.h"
#include "mm/memory.h"

#define HEADER 20u /* base, length, type: what an entry's size counts */
#define MAP_SIZE 512u
#define MOST_RANGES 12u
#define MAP_COUNT 60u
#define PROBES 8u

/** One call of multiboot_read_memory(). */
struct guest_map {
    size_t length; /* of the map in bytes */
    size_t limit;
    size_t count; /* what it returned */
    uint64_t faulted;
    struct guest_caught caught;
    uint8_t bytes[MAP_SIZE];
    struct memory_range ranges[MOST_RANGES];
};

struct guest_map guest_maps[MAP_COUNT];
size_t guest_map_count, guest_map_index;
uintptr_t guest_map_end;

/** A word written into free memory, to be found there from outside. */
struct guest_probe {
    uint64_t physical, value, read_back;
};

struct guest_probe guest_probes[PROBES];

extern char kernel_stack_end[];

void guest_test_memory_map_entries(void);
void guest_test_memory_map_real(void);

static struct guest_map *add_map(void)
{
    struct guest_map *map = &guest_maps[guest_map_count++];

    map->limit = MOST_RANGES - 2;
    for (size_t i = 0; i < sizeof(map->ranges); i++) {
        ((uint8_t *)map->ranges)[i] = (uint8_t)guest_random();
    }
    return map;
}

static void put_number(struct guest_map *map, uint64_t value, size_t bytes)
{
    for (; bytes > 0; bytes--) {
        map->bytes[map->length++] = (uint8_t)value;
        value >>= 8;
    }
}

/** An entry with `extra` bytes of noise behind the fields that are known. */
static void put_entry(struct guest_map *map, uint32_t type, uint64_t base, uint64_t length,
                      size_t extra)
{
    put_number(map, HEADER + extra, 4);
    put_number(map, base, 8);
    put_number(map, length, 8);
    put_number(map, type, 4);
    for (; extra > 0; extra--) {
        put_number(map, guest_random(), 1);
    }
}

static void put_random_entry(struct guest_map *map)
{
    static const uint32_t other_types[] = {0, 2, 3, 4, 5, 0x101, 0x10001, 0x80000001};
    uint32_t type = guest_random_below(3) ? 1 : other_types[guest_random_below(8)];
    uint64_t base = guest_random() >> (1 + guest_random_below(44));
    uint64_t length = guest_random_below(5) ? guest_random() >> (1 + guest_random_below(44)) : 0;

    put_entry(map, type, base, length, guest_random_below(2) ? guest_random_below(20) : 0);
}

/** What a PC's loader gives, more or less. */
static void add_usual_maps(void)
{
    struct guest_map *map = add_map();

    put_entry(map, 1, 0x100000, 0x7F00000, 0);
    map = add_map();
    put_entry(map, 1, 0, 0x9FC00, 0);
    put_entry(map, 2, 0x9FC00, 0x400, 0);
    put_entry(map, 2, 0xF0000, 0x10000, 0);
    put_entry(map, 1, 0x100000, 0x7EE0000, 0);
    map = add_map(); /* above 4 GB */
    put_entry(map, 1, 0x100000, 0xBFF00000, 0);
    put_entry(map, 1, 0x100000000, 0x240000000, 0);
    map = add_map(); /* entries of different lengths */
    put_entry(map, 1, 0x1000, 0x2000, 4);
    put_entry(map, 1, 0x8000, 0x3000, 0);
    put_entry(map, 1, 0x20000, 0x1000, 12);
    map = add_map(); /* an empty run */
    put_entry(map, 1, 0x4000, 0, 0);
    put_entry(map, 1, 0x9000, 0x1000, 0);
    map = add_map(); /* not a page begins or ends here */
    put_entry(map, 1, 0x12345, 0x1001, 0);
    map = add_map(); /* ACPI tables, ACPI's own, bad memory, and nobody knows */
    put_entry(map, 3, 0x1000, 0x1000, 0);
    put_entry(map, 4, 0x3000, 0x1000, 0);
    put_entry(map, 5, 0x5000, 0x1000, 0);
    put_entry(map, 0, 0x7000, 0x1000, 0);
    put_entry(map, 0x10001, 0x9000, 0x1000, 0);
    map = add_map(); /* more than fits */
    put_entry(map, 1, 0x1000, 0x1000, 0);
    put_entry(map, 1, 0x3000, 0x1000, 0);
    put_entry(map, 1, 0x5000, 0x1000, 0);
    map->limit = 2;
    add_map(); /* no map at all */
}

/** Maps whose last entry is not all there. */
static void add_cut_maps(void)
{
    struct guest_map *map;

    for (unsigned i = 0; i < 12; i++) {
        size_t whole;

        map = add_map();
        put_entry(map, 1, 0x1000 * (1 + guest_random_below(64)), 0x1000, 0);
        whole = map->length;
        put_entry(map, 1, 0x100000 * (1 + guest_random_below(64)), 0x1000, 4 * (i % 3));
        map->length = whole + 1 + guest_random_below(map->length - whole - 1);
    }
    map = add_map(); /* one that reaches over the end of 32 bits, too */

    put_entry(map, 1, 0x1000, 0x1000, 0);
    put_entry(map, 1, 0x200000, 0x1000, 0);
    map->bytes[HEADER + 4] = 0xFC;
    for (unsigned i = 1; i < 4; i++) {
        map->bytes[HEADER + 4 + i] = 0xFF;
    }
}

/** Maps with an entry whose size leaves no room for its own fields. */
static void add_short_entries(void)
{
    for (unsigned i = 0; i < 4; i++) {
        struct guest_map *map = add_map();
        size_t size = i == 0 ? 0 : guest_random_below(HEADER);

        put_entry(map, 1, 0x1000, 0x1000, 0);
        put_entry(map, 1, 0x100000 * (1 + guest_random_below(64)), 0x1000, 0);
        put_entry(map, 1, 0x40000, 0x1000, 0);
        map->bytes[HEADER + 4] = (uint8_t)size;
    }
}

static void add_random_maps(void)
{
    for (unsigned i = 0; i < 24; i++) {
        struct guest_map *map = add_map();
        unsigned entries = 1 + (unsigned)guest_random_below(12);

        for (; entries > 0; entries--) {
            put_random_entry(map);
        }
        map->limit = guest_random_below(3) ? MOST_RANGES - 2 : guest_random_below(5);
    }
}

static void read_map(void *argument)
{
    struct guest_map *map = argument;
    uint8_t *place = (uint8_t *)kernel_stack_end - map->length;

    for (size_t i = 0; i < map->length; i++) {
        place[i] = map->bytes[i];
    }
    map->count = multiboot_read_memory(place, map->length, map->ranges, map->limit);
}

/** Maps of every kind. */
void guest_test_memory_map_entries(void)
{
    guest_interrupts_off();
    guest_map_end = (uintptr_t)kernel_stack_end;
    add_usual_maps();
    add_cut_maps();
    add_short_entries();
    add_random_maps();
    guest_checkpoint("ready");
    for (guest_map_index = 0; guest_map_index < guest_map_count; guest_map_index++) {
        struct guest_map *map = &guest_maps[guest_map_index];

        map->faulted = !guest_try(read_map, map, &map->caught);
    }
    guest_checkpoint("done");
}

/** A word in the last page of a range of free memory, and one anywhere in its upper half: a later
 * stage takes memory from the lowest address on. */
static void probe_range(struct memory_range range, struct guest_probe *probes)
{
    uint64_t words = (range.end - range.start) / sizeof(uint64_t);

    probes[0].physical = range.end - sizeof(uint64_t) * (1 + guest_random_below(512));
    probes[1].physical = range.end - sizeof(uint64_t) * (1 + guest_random_below(words / 2));
    for (unsigned i = 0; i < 2; i++) {
        volatile uint64_t *word = paging_window(probes[i].physical);

        probes[i].value = guest_random();
        *word = probes[i].value;
        probes[i].read_back = *word;
    }
}

static void probe_all(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < memory_free.count && i < PROBES / 2; i++) {
        probe_range(memory_free.ranges[i], &guest_probes[2 * i]);
    }
}

/** The memory of this machine: what the kernel calls free can be written and read. */
void guest_test_memory_map_real(void)
{
    struct guest_caught caught;

    guest_interrupts_off();
    guest_checkpoint("known");
    if (!guest_try(probe_all, NULL, &caught)) {
        guest_report_hex("fault", caught.address);
    }
    guest_checkpoint("probed");
}
