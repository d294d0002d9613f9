/**
 * @file
 * FILE_READDIR.
 */
#include <errno.h>
#include <string.h>

#include "handlers.h"
#include "node.h"

#define ENTRY_ROUND 8u /* sizes of entries are multiples of this */
#define ENTRY_ROOM (sizeof(struct file_entry) + FILE_NAME_MAX + ENTRY_ROUND)

/** Makes a directory entry: see node.h. */
void entry_set(struct file_entry *entry, uint64_t inode, unsigned kind, const char *name,
               size_t length)
{
    size_t size = sizeof(*entry) + length;
    size_t rounded = (size + ENTRY_ROUND - 1) / ENTRY_ROUND * ENTRY_ROUND;

    entry->inode = inode;
    entry->kind = (uint8_t)kind;
    entry->name_length = (uint8_t)length;
    entry->size = (uint16_t)rounded;
    memcpy(entry->name, name, length);
    memset(entry->name + length, 0, rounded - size);
}

/** Reads as many entries as there is room for. The lock is held. @param position moved
 * @return 0; an error when there is none that could be read */
static int read_entries(struct node *directory, uint64_t *position, struct request *request)
{
    uint64_t room[ENTRY_ROOM / sizeof(uint64_t) + 1];
    struct file_entry *entry = (struct file_entry *)room;
    int error = 0;

    while (directory->status.links > 0) {
        uint64_t next = *position;

        error = directory->mount->file_system->readdir(directory, &next, entry);
        if (error != 0 || request->answer_size + entry->size > FILE_DATA_MAX) {
            break;
        }
        memcpy(request->data + request->answer_size, entry, entry->size);
        request->answer_size += entry->size;
        *position = next;
    }
    return request->answer_size > 0 || error == ENOENT ? 0 : error;
}

/** Reads entries of an open directory: see proto.h. One that was removed has none. */
int file_readdir(struct request *request)
{
    struct open_file *file = request_file(request);
    struct mount *mount;
    int error;

    if (file == NULL || !open_file_can_read(file)) {
        return EBADF;
    }
    if (file->node == NULL || !node_is_directory(file->node)) {
        return ENOTDIR;
    }
    mount = file->node->mount;
    open_file_hold(file);
    rw_lock_write(&file->offset_lock);
    rw_lock_read(&mount->lock);
    error = read_entries(file->node, &file->offset, request);
    rw_unlock_read(&mount->lock);
    rw_unlock_write(&file->offset_lock);
    open_file_put(file);
    request->answer[0] = request->answer_size;
    return error;
}
