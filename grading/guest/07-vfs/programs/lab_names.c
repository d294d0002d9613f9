/**
 * @file
 * ext2_directory_find(): directories of no block to three, with names that begin alike, entries
 * without a name, damaged entries and blocks that cannot be read.
 */
#include <errno.h>

#include "notes.h"
#include "string.h"
#include "vfs/ext2/ext2.h"

#define CASES 160u
#define BLOCKS 3u
#define BLOCK_SIZE 1024u
#define ENTRIES_MOST 40u
#define NAME_MOST 4u
#define NEVER 99u

enum { BLOCK = 1, PUT, CHECK, STRANGE };

static struct ext2 ext2 = {.block_size = BLOCK_SIZE};
static struct ext2_inode inode;
static struct buffer inode_buffer, buffers[BLOCKS];
static uint8_t directory[BLOCKS][BLOCK_SIZE], pages[BLOCKS][BLOCK_SIZE];
static uint16_t entries[BLOCKS][ENTRIES_MOST]; /* where they begin */
static unsigned entry_counts[BLOCKS];

static uint64_t blocks, unread_block, damaged_block;
static unsigned damaged_entry;

/* --- stand-ins --- */

uint64_t ext2_file_size(const struct ext2_file *file)
{
    (void)file;
    return blocks * BLOCK_SIZE;
}

int ext2_directory_block(const struct ext2_file *file, uint64_t index, struct buffer **buffer)
{
    (void)file;
    note_call(BLOCK, index);
    if (index >= blocks || index == unread_block) {
        return index >= blocks ? EIO : ENOMEM;
    }
    memcpy(pages[index], directory[index], BLOCK_SIZE);
    buffers[index] = (struct buffer){.bytes = pages[index], .block = index};
    *buffer = &buffers[index];
    return 0;
}

void buffer_put(struct buffer *buffer)
{
    note_call(buffer >= buffers && buffer < buffers + BLOCKS ? PUT : STRANGE, buffer->block);
    memset(buffer->bytes, 0, BLOCK_SIZE); /* it is another block's now */
}

struct ext2_entry *ext2_entry_check(const struct ext2_file *file, uint8_t *bytes, uint32_t offset)
{
    size_t block = (size_t)(bytes - pages[0]) / BLOCK_SIZE;

    (void)file;
    if (block >= BLOCKS || bytes != pages[block]) {
        note_call(STRANGE, offset);
        return NULL;
    }
    note_call(CHECK, (uint64_t)block << 32 | offset);
    for (unsigned i = 0; i < entry_counts[block]; i++) {
        if (entries[block][i] == offset) {
            bool damaged = block == damaged_block && i == damaged_entry;

            return damaged ? NULL : (struct ext2_entry *)(bytes + offset);
        }
    }
    return NULL; /* there is no entry */
}

/* --- calls --- */

/** Few letters, so that many names begin alike or are the same. */
static size_t any_name(char *name)
{
    size_t length = 1 + guest_random_below(NAME_MOST);

    for (size_t i = 0; i < length; i++) {
        name[i] = guest_random_below(2) ? 'a' : 'b';
    }
    return length;
}

/** Puts an entry into a block. What its name leaves free holds letters, too. @return its size */
static unsigned put_entry(unsigned block, unsigned offset)
{
    struct ext2_entry *entry = (struct ext2_entry *)(directory[block] + offset);
    char name[NAME_MOST];
    size_t length = any_name(name);
    uint64_t size = EXT2_ENTRY_SIZE(length) + 4 * guest_random_below(20);

    if (BLOCK_SIZE - offset - size < 128) {
        size = BLOCK_SIZE - offset;
    }
    memset(entry, 'a', size);
    memcpy(entry->name, name, length);
    entry->inode = guest_random_below(4) == 0 ? 0 : (uint32_t)guest_random() | 1;
    entry->size = (uint16_t)size;
    entry->length = (uint8_t)length;
    entries[block][entry_counts[block]++] = (uint16_t)offset;
    return (unsigned)size;
}

static void prepare_damage(void)
{
    unread_block = guest_random_below(6) == 0 ? guest_random_below(BLOCKS) : NEVER;
    damaged_block = guest_random_below(4) == 0 ? guest_random_below(BLOCKS) : NEVER;
    damaged_entry = (unsigned)guest_random_below(6);
    if (damaged_block < BLOCKS && damaged_entry < entry_counts[damaged_block]) {
        struct ext2_entry *entry =
            (struct ext2_entry *)(directory[damaged_block] + entries[damaged_block][damaged_entry]);

        entry->size = (uint16_t)(guest_random_below(2) ? 0 : 3);
    }
}

static void prepare(void)
{
    blocks = guest_random_below(BLOCKS + 1);
    for (unsigned block = 0; block < BLOCKS; block++) {
        entry_counts[block] = 0;
        for (unsigned offset = 0; offset < BLOCK_SIZE;) {
            offset += put_entry(block, offset);
        }
    }
    prepare_damage();
}

int64_t guest_main(uint64_t argument)
{
    struct ext2_file file = {&ext2, 2, &inode_buffer, &inode};

    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        struct ext2_place place = {NULL, 0, 0};
        char name[2 * NAME_MOST];
        size_t length;

        prepare();
        memset(name, 'a', sizeof(name));
        length = any_name(name);
        note((uint64_t)ext2_directory_find(&file, name, length, &place));
        note(place.buffer == NULL ? NEVER : place.buffer->block);
        note(place.offset);
        note(place.previous);
        notes_end();
    }
    return 0;
}
