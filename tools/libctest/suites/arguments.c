/**
 * @file
 * The block of arguments: what goes in comes out, and a block that is damaged harms nobody.
 */
#include <string.h>

#include "libc.h"
#include "suites.h"

#define ROOM 4096u
#define TEXTS 12
#define TEXT_SIZE 30

static _Alignas(8) char block[ROOM];
static char texts[3][TEXTS][TEXT_SIZE];
static char *lists[3][TEXTS + 1];

static void make_list(unsigned which)
{
    size_t count = random_below(TEXTS + 1);

    for (size_t i = 0; i < count; i++) {
        random_text(texts[which][i], TEXT_SIZE, "abc =");
        lists[which][i] = texts[which][i];
    }
    lists[which][count] = NULL;
}

static size_t count_of(char **list)
{
    size_t count = 0;

    while (list[count] != NULL) {
        count++;
    }
    return count;
}

/** Compares a list that came out with one or two that went in. */
static void compare(char **got, char **first, char **second)
{
    for (; *first != NULL; first++, got++) {
        EXPECT(*got != NULL && strcmp(*got, *first) == 0, "\"%s\" became \"%s\"", *first, *got);
    }
    for (; second != NULL && *second != NULL; second++, got++) {
        EXPECT(*got != NULL && strcmp(*got, *second) == 0, "\"%s\" became \"%s\"", *second, *got);
    }
    EXPECT(*got == NULL, "there is more than went in: \"%s\"", *got);
}

/** Every text begins and ends in the block, however large that claims to be. */
static void check_texts(char **list)
{
    uint64_t size;

    memcpy(&size, block, sizeof(size));
    EXPECT(size <= ROOM, "a block of %lu bytes is taken", size);
    for (; *list != NULL; list++) {
        EXPECT(*list > block && *list < block + size, "a text is outside of the block");
        EXPECT(*list + strnlen(*list, ROOM) < block + size, "a text does not end in the block");
    }
}

/** Damages a block in some places, words more often than bytes. */
static void damage(size_t size)
{
    for (unsigned count = 1 + (unsigned)random_below(3); count > 0; count--) {
        if (random_chance(70)) {
            uint64_t word = random_chance(50) ? random_wild() : random_below(2 * ROOM);

            memcpy(block + random_below(size / 8) * 8, &word, sizeof(word));
        } else {
            block[random_below(size)] = (char)random_next();
        }
    }
}

static void read_damaged(size_t size)
{
    char **argv = NULL, **envp = NULL;
    int argc;

    damage(size);
    argc = libc_arguments_read(block, ROOM, &argv, &envp);
    if (argc < 0) {
        EXPECT(argv == NULL && envp == NULL, "a block that is refused has set something");
        return;
    }
    expect_equal(count_of(argv), (uint64_t)argc, "argc");
    check_texts(argv);
    check_texts(envp);
}

/** Random lists. */
void arguments_run(unsigned steps)
{
    for (unsigned i = 0; i < steps; i++) {
        struct argument_lists wanted = {(const char *const *)lists[0], 0, lists[1], lists[2]};
        char **argv, **envp;
        size_t size;

        for (unsigned which = 0; which < 3; which++) {
            make_list(which);
        }
        wanted.prefix_count = count_of(lists[0]);
        size = libc_arguments_size(&wanted, ROOM);
        step_begin("a block of %zu bytes", size);
        EXPECT(libc_arguments_size(&wanted, size) == size, "it fits exactly");
        EXPECT(libc_arguments_size(&wanted, size - 1) == SIZE_MAX, "it does not fit");
        libc_arguments_write(block, &wanted);
        expect_equal((uint64_t)libc_arguments_read(block, size, &argv, &envp),
                     wanted.prefix_count + count_of(lists[1]), "argc");
        compare(argv, lists[0], lists[1]);
        compare(envp, lists[2], NULL);
        libc_arguments_write(block, &wanted);
        read_damaged(size);
    }
}
