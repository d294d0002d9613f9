/**
 * @file
 * cache_choose(): caches in which most buffers are in use, or changed, or neither.
 */
#include "notes.h"
#include "string.h"
#include "vfs/cache_own.h"

#define CASES 160u
#define BUFFERS 211u /* a prime: the order goes through all of them */
#define STRANGE 999u

static struct buffer buffers[BUFFERS], before[BUFFERS];

static struct buffer *place(uint64_t step, uint64_t i)
{
    return &buffers[(i + 1) * step % BUFFERS];
}

/** Makes a cache. @return its oldest buffer; NULL: it is empty */
static struct buffer *prepare(void)
{
    static const uint64_t percents[] = {0, 50, 95, 100};
    uint64_t count =
        guest_random_below(4) == 0 ? guest_random_below(3) : 60 + guest_random_below(140);
    uint64_t step = 1 + guest_random_below(BUFFERS - 1);
    uint64_t used = percents[guest_random_below(3)], changed = percents[guest_random_below(4)];
    uint64_t only = guest_random_below(2) == 0 ? CACHE_LOOK - 2 + guest_random_below(4) : BUFFERS;
    uint64_t usable = 0;

    memset(buffers, 0, sizeof(buffers));
    for (uint64_t i = 0; i < count; i++) {
        struct buffer *buffer = place(step, i);

        buffer->newer = i + 1 < count ? place(step, i + 1) : NULL;
        buffer->older = i > 0 ? place(step, i - 1) : NULL;
        buffer->is_valid = guest_random_below(2);
        buffer->has_failed = guest_random_below(4) == 0;
        if (guest_random_below(100) < used) {
            uint64_t how = guest_random_below(3);

            buffer->references = how != 0 ? 1 + (unsigned)guest_random_below(3) : 0;
            buffer->is_busy = how != 1;
        }
        buffer->is_changed = guest_random_below(100) < changed;
        if (only < BUFFERS && buffer->references == 0 && !buffer->is_busy) {
            buffer->is_changed = usable++ != only;
        }
    }
    memcpy(before, buffers, sizeof(buffers));
    return count == 0 ? NULL : place(step, 0);
}

/** A buffer's number in the order, from 1; 0: none */
static uint64_t number_of(const struct buffer *buffer, const struct buffer *oldest)
{
    uint64_t number = 1;

    if (buffer == NULL) {
        return 0;
    }
    for (const struct buffer *each = oldest; each != NULL; each = each->newer, number++) {
        if (each == buffer) {
            return number;
        }
    }
    return STRANGE;
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        struct buffer *oldest = prepare();
        struct buffer *chosen = cache_choose(oldest);
        bool same = memcmp(before, buffers, sizeof(buffers)) == 0;

        memcpy(buffers, before, sizeof(buffers));
        note(number_of(chosen, oldest));
        note(same);
        notes_end();
    }
    return 0;
}
