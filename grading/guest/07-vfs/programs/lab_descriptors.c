/**
 * @file
 * descriptor_take(), or with an argument descriptors_copy(): tables that are empty, full and in
 * between; numbers from right to absurd.
 */
#include "notes.h"
#include "vfs/descriptors.h"
#include "vfs/open_file.h"

#define CASES 200u
#define FILES 6u
#define UNSET 0xDEAD
#define STRANGE 255u /* no file, and not nothing either */

static struct open_file files[FILES];
static struct descriptors tables[2];
static struct open_file strange;

static struct open_file *any_file(void)
{
    return &files[guest_random_below(FILES)];
}

static void prepare(void)
{
    static const uint64_t percents[] = {0, 50, 90, 100};

    for (unsigned i = 0; i < FILES; i++) {
        files[i].references = (unsigned)(1 + guest_random_below(9));
    }
    for (unsigned i = 0; i < 2; i++) {
        uint64_t percent = percents[guest_random_below(4)];

        for (unsigned place = 0; place < FILE_DESCRIPTORS; place++) {
            tables[i].files[place] = guest_random_below(100) < percent ? any_file() : NULL;
        }
    }
}

static uint64_t any_number(void)
{
    uint64_t high;

    switch (guest_random_below(8)) {
    case 0:
        return FILE_DESCRIPTORS + guest_random_below(3);
    case 1:
        return guest_random();
    case 2:
        high = guest_random() << 32;
        return high | guest_random_below(FILE_DESCRIPTORS);
    case 3:
        return 0;
    case 4:
        return FILE_DESCRIPTORS - 1 - guest_random_below(2);
    default:
        return guest_random_below(FILE_DESCRIPTORS);
    }
}

/** 0: none; the number of the file, from 1 */
static uint64_t number_of(const struct open_file *file)
{
    for (unsigned i = 0; i < FILES; i++) {
        if (file == &files[i]) {
            return i + 1;
        }
    }
    return file == NULL ? 0 : STRANGE;
}

static void note_all(void)
{
    for (unsigned i = 0; i < FILES; i++) {
        note(files[i].references);
    }
    for (unsigned i = 0; i < 2; i++) {
        for (unsigned place = 0; place < FILE_DESCRIPTORS; place += 8) {
            uint64_t eight = 0;

            for (unsigned j = 0; j < 8; j++) {
                eight |= number_of(tables[i].files[place + j]) << (8 * j);
            }
            note(eight);
        }
    }
}

static void take(void)
{
    struct open_file *file = any_file();
    uint64_t descriptor = UNSET;

    note((uint64_t)descriptor_take(&tables[0], file, any_number(), &descriptor));
    note(descriptor);
}

static void copy(void)
{
    struct descriptors *to = &tables[guest_random_below(2)];
    struct open_file *replaced = &strange;
    uint64_t descriptor = any_number();

    note((uint64_t)descriptors_copy(&tables[0], descriptor, to, any_number(), &replaced));
    note(number_of(replaced));
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        prepare();
        if (guest_argument(0)) {
            copy();
        } else {
            take();
        }
        note_all();
        notes_end();
    }
    return 0;
}
