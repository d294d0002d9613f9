/**
 * @file
 * ext2_directory_find(): directories of no block to three, of every size that a block has; short
 * and long names that begin alike, entries without a name, damaged entries and blocks that cannot
 * be read.
 */
#include <errno.h>

#include "notes.h"
#include "string.h"
#include "vfs/ext2/ext2.h"

#define CASES 160u
#define BLOCKS 3u
#define BLOCK_MOST 4096u
#define ENTRIES_MOST 360u
#define SHORT_MOST 4u
#define NAME_MOST 255u
#define ONLY_NAME 'c'
#define NEVER 99u

enum { BLOCK = 1, PUT, CHECK, STRANGE };

static struct ext2 ext2;
static struct ext2_inode inode;
static struct buffer inode_buffer, buffers[BLOCKS];
static uint8_t directory[BLOCKS][BLOCK_MOST], pages[BLOCKS][BLOCK_MOST];
static uint16_t entries[BLOCKS][ENTRIES_MOST]; /* where they begin */
static unsigned entry_counts[BLOCKS];

static uint64_t blocks, unread_block, damaged_block;
static unsigned damaged_entry;

/* --- stand-ins --- */

uint64_t ext2_file_size(const struct ext2_file *file)
{
    (void)file;
    return blocks * ext2.block_size;
}

int ext2_directory_block(const struct ext2_file *file, uint64_t index, struct buffer **buffer)
{
    (void)file;
    note_call(BLOCK, index);
    if (index >= blocks || index == unread_block) {
        return index >= blocks ? EIO : ENOMEM;
    }
    memcpy(pages[index], directory[index], BLOCK_MOST);
    buffers[index] = (struct buffer){.bytes = pages[index], .block = index};
    *buffer = &buffers[index];
    return 0;
}

void buffer_put(struct buffer *buffer)
{
    note_call(buffer >= buffers && buffer < buffers + BLOCKS ? PUT : STRANGE, buffer->block);
    memset(buffer->bytes, 0, BLOCK_MOST); /* it is another block's now */
}

struct ext2_entry *ext2_entry_check(const struct ext2_file *file, uint8_t *bytes, uint32_t offset)
{
    size_t block = (size_t)(bytes - pages[0]) / BLOCK_MOST;

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

/** Few letters, so that many names begin alike or are the same; the long ones differ at the end. */
static size_t any_name(char *name)
{
    bool is_long = guest_random_below(3) == 0;
    size_t length = (is_long ? NAME_MOST - 2 : 1) + guest_random_below(is_long ? 3 : SHORT_MOST);

    memset(name, 'a', length);
    for (size_t i = is_long ? length - 2 : 0; i < length; i++) {
        name[i] = guest_random_below(2) ? 'a' : 'b';
    }
    return length;
}

/** Puts an entry into a block. What its name leaves free holds letters, too. @return its size */
static unsigned put_entry(unsigned block, unsigned offset, bool has_names)
{
    struct ext2_entry *entry = (struct ext2_entry *)(directory[block] + offset);
    char name[NAME_MOST];
    size_t length = any_name(name);
    uint64_t unit = ext2.block_size / 256; /* so that all blocks have about as many entries */
    uint64_t size = EXT2_ENTRY_SIZE(length) + unit * guest_random_below(20);

    if (ext2.block_size - offset - size < EXT2_ENTRY_SIZE(NAME_MOST) + 20 * unit) {
        size = ext2.block_size - offset;
    }
    memset(entry, 'a', size);
    memcpy(entry->name, name, length);
    entry->inode = (uint32_t)guest_random() | 1;
    if (guest_random_below(4) == 0 || !has_names) {
        entry->inode = 0;
    }
    entry->size = (uint16_t)size;
    entry->length = (uint8_t)length;
    entries[block][entry_counts[block]++] = (uint16_t)offset;
    return (unsigned)size;
}

/** Lets the last entry of a block end 4 bytes before the block does, if its name leaves room. */
static void shorten(unsigned block)
{
    unsigned last = entries[block][entry_counts[block] - 1];
    struct ext2_entry *entry = (struct ext2_entry *)(directory[block] + last);

    if (entry->size > EXT2_ENTRY_SIZE(entry->length)) {
        entry->size = (uint16_t)(entry->size - 4);
    }
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
    if (guest_random_below(4) == 0) {
        shorten((unsigned)guest_random_below(BLOCKS));
    }
}

/** Gives the first entry of a block a name that no other has. */
static void mark(unsigned block)
{
    struct ext2_entry *entry = (struct ext2_entry *)directory[block];

    entry->inode = 1;
    entry->length = 1;
    entry->name[0] = ONLY_NAME;
}

/** @return whether the name is to be looked for that only one entry has */
static bool prepare(void)
{
    bool is_marked;

    ext2.block_size = 1024u << guest_random_below(3);
    blocks = guest_random_below(BLOCKS + 1);
    for (unsigned block = 0; block < BLOCKS; block++) {
        bool has_names = guest_random_below(3) != 0;

        entry_counts[block] = 0;
        for (unsigned offset = 0; offset < ext2.block_size;) {
            offset += put_entry(block, offset, has_names);
        }
    }
    is_marked = guest_random_below(3) == 0;
    if (is_marked) {
        mark((unsigned)guest_random_below(BLOCKS));
    }
    prepare_damage();
    return is_marked;
}

int64_t guest_main(uint64_t argument)
{
    struct ext2_file file = {&ext2, 2, &inode_buffer, &inode};

    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        struct ext2_place place = {NULL, 0, 0};
        char name[2 * NAME_MOST];
        size_t length;
        bool is_marked = prepare();

        memset(name, 'a', sizeof(name));
        length = any_name(name);
        if (is_marked) {
            name[0] = ONLY_NAME;
            length = 1;
        }
        note((uint64_t)ext2_directory_find(&file, name, length, &place));
        note(place.buffer == NULL ? NEVER : place.buffer->block);
        note(place.offset);
        note(place.previous);
        notes_end();
    }
    return 0;
}
