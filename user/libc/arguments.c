/**
 * @file
 * The block of memory in which a program finds its arguments and its environment.
 */
#include "arguments.h"

#include <stdbool.h>
#include <string.h>

_Static_assert(sizeof(uint64_t) == sizeof(char *), "pointers take the place of offsets");

static size_t count_texts(char *const *texts)
{
    size_t count = 0;

    while (texts[count] != NULL) {
        count++;
    }
    return count;
}

/** Adds a size to another one. @return the sum; SIZE_MAX: it is above `most` */
static size_t add(size_t size, size_t more, size_t most)
{
    return size > most || more > most - size ? SIZE_MAX : size + more;
}

/** Adds what some texts take: their offsets and their bytes. */
static size_t add_texts(size_t size, const char *const *texts, size_t count, size_t most)
{
    for (size_t i = 0; i < count; i++) {
        size = add(size, sizeof(uint64_t) + strlen(texts[i]) + 1, most);
    }
    return size;
}

/**
 * @param lists  the texts
 * @param most   bytes that there is room for
 * @return the bytes that their block takes; SIZE_MAX: more than that
 */
size_t arguments_size(const struct argument_lists *lists, size_t most)
{
    const char *const *argv = (const char *const *)lists->argv;
    const char *const *envp = (const char *const *)lists->envp;
    size_t size = add(0, sizeof(struct arguments) + 2 * sizeof(uint64_t), most);

    size = add_texts(size, lists->prefix, lists->prefix_count, most);
    size = add_texts(size, argv, count_texts(lists->argv), most);
    return add_texts(size, envp, count_texts(lists->envp), most);
}

/** Writes texts behind one another, and their offsets. @return where the next offset goes */
static uint64_t *write_texts(struct arguments *block, uint64_t *offset, const char *const *texts,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(texts[i]) + 1;

        memcpy((char *)block + block->size, texts[i], size);
        *offset++ = block->size;
        block->size += size;
    }
    return offset;
}

/**
 * Writes a block.
 *
 * @param block  a multiple of 8, with room for arguments_size() bytes
 * @param lists  the texts
 */
void arguments_write(struct arguments *block, const struct argument_lists *lists)
{
    size_t argv_count = count_texts(lists->argv), envp_count = count_texts(lists->envp);
    uint64_t *offset = block->texts;

    block->argument_count = lists->prefix_count + argv_count;
    block->variable_count = envp_count;
    block->size =
        sizeof(*block) + (block->argument_count + 1 + block->variable_count + 1) * sizeof(uint64_t);
    offset = write_texts(block, offset, lists->prefix, lists->prefix_count);
    offset = write_texts(block, offset, (const char *const *)lists->argv, argv_count);
    *offset++ = 0;
    offset = write_texts(block, offset, (const char *const *)lists->envp, envp_count);
    *offset = 0;
}

/** Whether some offsets lead to texts, which begin behind `first`, and a 0 follows them. */
static bool are_right(const struct arguments *block, const uint64_t *offsets, uint64_t count,
                      uint64_t first)
{
    for (uint64_t i = 0; i < count; i++) {
        if (offsets[i] < first || offsets[i] >= block->size) {
            return false;
        }
    }
    return offsets[count] == 0;
}

/** Whether every number of a block is what it may be, and the last text ends. */
static bool is_right(const struct arguments *block, size_t most)
{
    uint64_t counts_max = most / sizeof(uint64_t);
    uint64_t texts;

    if (block->size < sizeof(*block) || block->size > most || block->argument_count > counts_max ||
        block->variable_count > counts_max) {
        return false;
    }
    texts =
        sizeof(*block) + (block->argument_count + 1 + block->variable_count + 1) * sizeof(uint64_t);
    return texts <= block->size && are_right(block, block->texts, block->argument_count, texts) &&
           are_right(block, block->texts + block->argument_count + 1, block->variable_count,
                     texts) &&
           (texts == block->size || ((const char *)block)[block->size - 1] == '\0');
}

/** Makes pointers of offsets, in their place. The 0 behind them is a NULL already. */
static char **make_pointers(void *memory, uint64_t *offsets, uint64_t count)
{
    char **pointers = (char **)(void *)offsets;

    for (uint64_t i = 0; i < count; i++) {
        char *text = (char *)memory + offsets[i];

        memcpy(&pointers[i], &text, sizeof(text));
    }
    return pointers;
}

/**
 * Reads a block that anybody may have written. It is changed, and can be read once.
 *
 * @param memory  the block: a multiple of 8
 * @param most    bytes that may be read there; at least sizeof(struct arguments)
 * @param argv    set to the arguments, with NULL at the end
 * @param envp    set to the environment, likewise
 * @return argc; -1: the block is wrong, nothing has been set
 */
int arguments_read(void *memory, size_t most, char ***argv, char ***envp)
{
    struct arguments *block = memory;

    if (!is_right(block, most)) {
        return -1;
    }
    *argv = make_pointers(memory, block->texts, block->argument_count);
    *envp = make_pointers(memory, block->texts + block->argument_count + 1, block->variable_count);
    return (int)block->argument_count;
}
