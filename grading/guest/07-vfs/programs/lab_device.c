/**
 * @file
 * mydevice_read(), or with an argument mydevice_write(): texts from empty to full; offsets and
 * sizes up to the largest.
 */
#include "../inside/inside.h"

#include "notes.h"
#include "string.h"

#define CASES 320u
#define ROOM 6000u
#define BEYOND 0xEE

static uint8_t bytes[ROOM], other[ROOM];

static void fill(uint8_t *to, uint64_t factor)
{
    for (uint64_t i = 0; i < ROOM; i++) {
        to[i] = (uint8_t)(i * factor >> 16);
    }
}

static uint64_t any_length(void)
{
    uint64_t choice = guest_random_below(4);

    return choice == 0 ? 0 : choice == 1 ? INSIDE_MAX : guest_random_below(INSIDE_MAX + 1);
}

static uint64_t any_offset(uint64_t length, size_t size)
{
    uint64_t high;

    switch (guest_random_below(12)) {
    case 0:
    case 1:
        return 0;
    case 2:
        return length;
    case 3:
        return length + 1;
    case 4:
        return guest_random();
    case 5:
        return INSIDE_MAX - guest_random_below(2);
    case 6: /* in the text, but not far from its end */
        return length - guest_random_below(length < 200 ? length + 1 : 200);
    case 7: /* the sum of both is small */
        return -(1 + guest_random_below(size + 1));
    case 8: /* its low half is an offset */
        high = (1 + guest_random_below(1 << 16)) << 32;
        return high | guest_random_below(INSIDE_MAX);
    default:
        return guest_random_below(INSIDE_MAX);
    }
}

static size_t any_size(void)
{
    uint64_t choice = guest_random_below(6);

    return choice == 0   ? 0
           : choice == 1 ? INSIDE_MAX
                         : guest_random_below(choice == 2 ? ROOM : 200);
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        uint64_t length = any_length();
        size_t size = any_size();
        uint64_t offset = any_offset(length, size);
        uint64_t handle = guest_random_below(4) == 0 ? inside_append : 0;
        const char *text;

        fill(bytes, guest_random());
        inside_set(bytes, length);
        if (guest_argument(0)) {
            fill(other, guest_random());
            note((uint64_t)mydevice_write(handle, offset, other, size));
        } else {
            memset(other, BEYOND, ROOM);
            note((uint64_t)mydevice_read(handle, offset, other, size));
        }
        note(inside_get(&text));
        note(digest_of((const uint8_t *)text, INSIDE_MAX));
        note(digest_of(other, ROOM));
        notes_end();
    }
    return 0;
}
