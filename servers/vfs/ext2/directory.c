/**
 * @file
 * ext2: directories: their blocks, and what is in them.
 */
#include "vfs/ext2/ext2.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

/** Gets a block of a directory. @param index less than its size says @return 0; EIO; ENOMEM */
int ext2_directory_block(const struct ext2_file *directory, uint64_t index, struct buffer **buffer)
{
    uint32_t block = 0;
    int error = ext2_block_find(directory, index, &block);

    if (error == 0 && block == 0) {
        error =
            ext2_damage(directory->ext2, directory->number, "a directory lacks its block", index);
    }
    return error != 0 ? error : buffer_get(directory->ext2->device, block, buffer);
}

static uint64_t blocks_of(const struct ext2_file *directory)
{
    return ext2_file_size(directory) / directory->ext2->block_size;
}

static bool is_dots(const struct ext2_entry *entry)
{
    return entry->name[0] == '.' &&
           (entry->length == 1 || (entry->length == 2 && entry->name[1] == '.'));
}

/** Looks at a block. @return 0: there are no names but dots; ENOTEMPTY; EIO */
static int check_empty(const struct ext2_file *directory, struct buffer *buffer)
{
    const struct ext2_entry *entry;

    for (uint32_t offset = 0; offset < directory->ext2->block_size; offset += entry->size) {
        entry = ext2_entry_check(directory, buffer->bytes, offset);
        if (entry == NULL) {
            return EIO;
        }
        if (entry->inode != 0 && !is_dots(entry)) {
            return ENOTEMPTY;
        }
    }
    return 0;
}

/** Finds out whether a directory is empty. @return 0: it is; ENOTEMPTY; EIO; ENOMEM */
int ext2_directory_is_empty(const struct ext2_file *directory)
{
    int error = 0;

    for (uint64_t index = 0; error == 0 && index < blocks_of(directory); index++) {
        struct buffer *buffer;

        error = ext2_directory_block(directory, index, &buffer);
        if (error == 0) {
            error = check_empty(directory, buffer);
            buffer_put(buffer);
        }
    }
    return error;
}

/** Looks for room in a block. @return 0; ENOENT: there is none; EIO */
static int find_room(const struct ext2_file *directory, uint32_t needed, struct ext2_place *place)
{
    const struct ext2_entry *entry;

    place->previous = 0;
    for (place->offset = 0; place->offset < directory->ext2->block_size;
         place->offset += entry->size) {
        entry = ext2_entry_check(directory, place->buffer->bytes, place->offset);
        if (entry == NULL) {
            return EIO;
        }
        if (entry->size >= needed + (entry->inode != 0 ? EXT2_ENTRY_SIZE(entry->length) : 0)) {
            return 0;
        }
        place->previous = place->offset;
    }
    return ENOENT;
}

/** Adds a block to a directory. @param place set to its only entry, which has no name */
static int add_block(struct ext2_file *directory, struct ext2_place *place)
{
    uint32_t block_size = directory->ext2->block_size;
    uint64_t size = ext2_file_size(directory);
    int error = ext2_file_check_size(directory, size + block_size);

    if (error == 0) {
        error = ext2_block_make(directory, size / block_size, false, &place->buffer);
    }
    if (error != 0) {
        return error;
    }
    place->offset = place->previous = 0;
    ext2_entry_at(place)->inode = 0; /* if it was there, but behind the end */
    ext2_entry_at(place)->size = (uint16_t)block_size;
    buffer_changed(place->buffer);
    ext2_file_set_size(directory, size + block_size);
    ext2_write_first(directory->buffer);
    return 0;
}

/**
 * Finds room for a new entry, or makes it.
 *
 * @param directory  that is being changed
 * @param length     of the name, in bytes
 * @param place      set to an entry without a name, or with room behind its name, for
 *                   ext2_entry_put(); give its buffer back
 * @return 0; ENOSPC; EIO; ENOMEM
 */
int ext2_directory_room(struct ext2_file *directory, size_t length, struct ext2_place *place)
{
    for (uint64_t index = 0; index < blocks_of(directory); index++) {
        int error = ext2_directory_block(directory, index, &place->buffer);

        if (error != 0) {
            return error;
        }
        error = find_room(directory, (uint32_t)EXT2_ENTRY_SIZE(length), place);
        if (error == 0) {
            return 0;
        }
        buffer_put(place->buffer);
        if (error != ENOENT) {
            return error;
        }
    }
    return add_block(directory, place);
}

/**
 * Gives a new directory its first block, with the names "." and "..".
 *
 * @param directory  new
 * @param parent     the inode that ".." leads to
 * @return 0; ENOSPC; EIO; ENOMEM
 */
int ext2_directory_begin(struct ext2_file *directory, uint32_t parent)
{
    struct ext2_file up = *directory;
    struct ext2_place place;
    int error = add_block(directory, &place);

    if (error == 0) {
        up.number = parent;
        ext2_entry_put(directory, &place, ".", 1, directory);
        ext2_entry_put(directory, &place, "..", 2, &up);
        ext2_write_first(place.buffer);
        buffer_put(place.buffer);
    }
    return error;
}

/** What entries say of kinds, for programs. */
static const uint8_t kinds[EXT2_KINDS] = {
    [EXT2_KIND_UNKNOWN] = DT_UNKNOWN, [EXT2_KIND_FILE] = DT_REG,  [EXT2_KIND_DIRECTORY] = DT_DIR,
    [EXT2_KIND_CHARACTER] = DT_CHR,   [EXT2_KIND_BLOCK] = DT_BLK, [EXT2_KIND_FIFO] = DT_FIFO,
    [EXT2_KIND_SOCKET] = DT_SOCK,     [EXT2_KIND_LINK] = DT_LNK,
};

/** @return whether an entry has a name that a path can have; if it has a wrong one, that is said */
static bool has_name(const struct ext2_file *directory, const struct ext2_entry *entry)
{
    if (entry->inode == 0) {
        return false;
    }
    if (entry->length == 0 || memchr(entry->name, '/', entry->length) != NULL ||
        memchr(entry->name, '\0', entry->length) != NULL) {
        ext2_damage(directory->ext2, directory->number, "no name can be that of inode",
                    entry->inode);
        return false;
    }
    return true;
}

static void tell_entry(const struct ext2_entry *entry, struct file_entry *told)
{
    size_t size = sizeof(*told) + entry->length;

    told->inode = entry->inode;
    told->size = (uint16_t)((size + 7) / 8 * 8);
    told->kind = entry->kind < EXT2_KINDS ? kinds[entry->kind] : DT_UNKNOWN;
    told->name_length = entry->length;
    memcpy(told->name, entry->name, entry->length);
}

/** Gives the first entry of a block at an offset or behind it. @param offset moved behind it
 * @return 0; ENOENT: there is none; EIO */
static int next_entry(const struct ext2_file *directory, struct buffer *buffer, uint32_t *offset,
                      struct file_entry *told)
{
    const struct ext2_entry *entry;

    for (uint32_t at = 0; at < directory->ext2->block_size; at += entry->size) {
        entry = ext2_entry_check(directory, buffer->bytes, at);
        if (entry == NULL) {
            return EIO;
        }
        if (at >= *offset && has_name(directory, entry)) {
            tell_entry(entry, told);
            *offset = at + entry->size;
            return 0;
        }
    }
    return ENOENT;
}

/** Gives a directory's next entry; see struct file_system. The position counts bytes; since entries
 * come and go meanwhile, those of its block are counted anew each time. */
int ext2_readdir(struct node *node, uint64_t *position, struct file_entry *entry)
{
    struct ext2_file directory;
    int error = ext2_file_get(node->mount->data, (uint32_t)node->number, &directory);

    if (error != 0) {
        return error;
    }
    error = ENOENT;
    while (error == ENOENT && *position < ext2_file_size(&directory)) {
        uint32_t block_size = directory.ext2->block_size;
        uint32_t offset = (uint32_t)(*position % block_size);
        uint64_t start = *position - offset;
        struct buffer *buffer;

        error = ext2_directory_block(&directory, start / block_size, &buffer);
        if (error == 0) {
            error = next_entry(&directory, buffer, &offset, entry);
            buffer_put(buffer);
            *position = start + (error == 0 ? offset : block_size);
        }
    }
    ext2_file_put(&directory);
    return error;
}
