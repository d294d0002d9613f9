/**
 * @file
 * ext2_block_find(): chains of pointers of all lengths, with holes in them, numbers that cannot
 * be, and blocks that cannot be read; blocks of every size.
 */
#include <errno.h>

#include "notes.h"
#include "vfs/ext2/ext2.h"

#define CASES 200u
#define UNSET 0xDEADu
#define NEVER 99u
#define BLOCK_MOST 4096u

enum { PATH = 1, CHECK, GET, PUT, GET_ZEROED, STRANGE };

/** Where the chain leads; a level is a pointer's place in it, from 0. */
static struct {
    uint64_t index;
    unsigned pointers;
    uint32_t path[EXT2_LEVELS], chain[EXT2_LEVELS];
    uint64_t hole, wrong, unread; /**< levels at which something is so, or NEVER */
} script;

static struct device {
    int unused;
} disk;
static struct ext2 ext2 = {.device = &disk, .blocks = UINT32_MAX};
static struct ext2_inode inode;
static struct buffer buffers[8], inode_buffer;
static uint8_t pages[8][BLOCK_MOST];

/* --- stand-ins --- */

unsigned ext2_block_path(const struct ext2 *of, uint64_t index, uint32_t path[EXT2_LEVELS])
{
    note_call(of == &ext2 ? PATH : STRANGE, index);
    for (unsigned i = 0; i < EXT2_LEVELS; i++) {
        path[i] = i < script.pointers ? script.path[i] : UINT32_MAX / 2;
    }
    return script.pointers;
}

/** @return the level of a pointer; NEVER: of none */
static unsigned level_of(uint64_t number)
{
    for (unsigned i = 0; i < script.pointers; i++) {
        if (number == script.chain[i]) {
            return i;
        }
    }
    return NEVER;
}

bool ext2_block_check(const struct ext2_file *file, uint32_t block)
{
    (void)file;
    note_call(CHECK, block);
    return level_of(block) != script.wrong;
}

static void fill(uint8_t *page, unsigned level)
{
    uint32_t *numbers = (uint32_t *)page;

    for (unsigned i = 0; i < BLOCK_MOST / sizeof(uint32_t); i++) {
        numbers[i] = 0x5EED0000u + i;
    }
    if (level + 1 < script.pointers) {
        numbers[script.path[level + 1]] = script.chain[level + 1];
    }
}

int buffer_get(struct device *device, uint64_t block, struct buffer **buffer)
{
    note_call(device == &disk ? GET : STRANGE, block);
    if (level_of(block) == script.unread) {
        return ENOMEM;
    }
    for (unsigned i = 0; i < 8; i++) {
        if (buffers[i].references == 0) {
            buffers[i] = (struct buffer){
                .bytes = pages[i], .device = device, .block = block, .references = 1};
            fill(pages[i], level_of(block));
            *buffer = &buffers[i];
            return 0;
        }
    }
    return ENOMEM;
}

int buffer_get_zeroed(struct device *device, uint64_t block, struct buffer **buffer)
{
    note_call(GET_ZEROED, block);
    return buffer_get(device, block, buffer);
}

void buffer_put(struct buffer *buffer)
{
    note_call(buffer >= buffers && buffer < buffers + 8 ? PUT : STRANGE, buffer->block);
    buffer->references = 0;
    for (unsigned i = 0; i < BLOCK_MOST; i++) {
        buffer->bytes[i] = 0xA5; /* it is another block's now */
    }
}

/* --- calls --- */

static uint64_t any_level(uint64_t one_in)
{
    uint64_t level = guest_random_below(EXT2_LEVELS);

    return guest_random_below(one_in) == 0 ? level : NEVER;
}

static void prepare(void)
{
    uint32_t pointers;

    ext2.block_size = 1024u << guest_random_below(3);
    pointers = ext2.block_size / sizeof(uint32_t);
    script.index = guest_random() >> guest_random_below(64);
    script.pointers = (unsigned)guest_random_below(EXT2_LEVELS + 1);
    script.hole = any_level(4);
    script.wrong = any_level(4);
    script.unread = any_level(6);
    for (unsigned i = 0; i < EXT2_LEVELS; i++) {
        script.path[i] = (uint32_t)guest_random_below(i == 0 ? EXT2_POINTERS : pointers);
        script.chain[i] = (uint32_t)guest_random() | 1;
        if (i == script.hole) {
            script.chain[i] = 0;
        }
    }
    for (unsigned i = 0; i < EXT2_POINTERS; i++) {
        inode.blocks[i] = 0x1A0DE000u + i;
    }
    if (script.pointers > 0) {
        inode.blocks[script.path[0]] = script.chain[0];
    }
    for (unsigned i = 0; i < 8; i++) {
        buffers[i].references = 0;
    }
}

int64_t guest_main(uint64_t argument)
{
    struct ext2_file file = {&ext2, 12, &inode_buffer, &inode};

    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        uint32_t block = UNSET;
        int error;

        prepare();
        error = ext2_block_find(&file, script.index, &block);
        note((uint64_t)error);
        note(block);
        notes_end();
    }
    return 0;
}
