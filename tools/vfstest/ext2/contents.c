/**
 * @file
 * Commands about what is in files and directories.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "host.h"

static uint8_t *data; /* of one command */

/** CRC-32, as Python's zlib.crc32. */
static uint32_t checksum(const uint8_t *bytes, size_t size)
{
    uint32_t sum = UINT32_MAX;

    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
        for (unsigned bit = 0; bit < 8; bit++) {
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
        }
    }
    return ~sum;
}

int read_node(struct node *node, uint64_t offset, size_t size)
{
    size_t done = 0;
    int error;

    data = malloc(size + 1);
    error = system_of()->read(node, offset, data, size, &done);
    snprintf(command.answer, sizeof(command.answer), "%zu %u", done, checksum(data, done));
    free(data);
    return error;
}

/** Tells bytes as they are. */
int tell_bytes(struct node *node)
{
    size_t size = (size_t)number(3), done = 0;
    int error;

    size = size < sizeof(command.answer) / 2 - 1 ? size : sizeof(command.answer) / 2 - 1;
    data = malloc(size + 1);
    error = system_of()->read(node, number(2), data, size, &done);
    for (size_t i = 0; i < done; i++) {
        snprintf(command.answer + 2 * i, 3, "%02x", data[i]);
    }
    free(data);
    return error;
}

int write_node(struct node *node, uint64_t offset, size_t size, uint64_t seed)
{
    size_t done = 0;
    int error;

    data = malloc(size + 1);
    for (size_t i = 0; i < size; i++) {
        data[i] = pattern[(seed + i) % PATTERN];
    }
    error = system_of()->write(node, offset, data, size, &done);
    snprintf(command.answer, sizeof(command.answer), "%zu", done);
    free(data);
    return error;
}

int tell_status(struct node *node)
{
    snprintf(command.answer, sizeof(command.answer), "%o %u %lu %lu %lu %lu %lu", node->status.mode,
             node->status.links, node->status.size, node->status.inode, node->status.blocks,
             node->status.modified, node->status.accessed);
    return 0;
}

int read_link(struct node *node)
{
    char target[FILE_PATH_MAX];
    size_t length = 0;
    int error = system_of()->readlink(node, target, &length);

    for (size_t i = 0; error == 0 && i < length; i++) {
        sprintf(command.answer + 2 * i, "%02x", (uint8_t)target[i]);
    }
    return error;
}

/** Lists a directory: kind, inode and name of each entry. */
int list(struct node *node)
{
    union {
        struct file_entry entry;
        char room[sizeof(struct file_entry) + FILE_NAME_MAX + 8];
    } one;
    uint64_t position = 0;
    size_t used = 0, count = 0;
    int error;

    if (!S_ISDIR(node->status.mode)) {
        return ENOTDIR;
    }
    while ((error = system_of()->readdir(node, &position, &one.entry)) == 0) {
        if (used < sizeof(command.answer) - 1024 && ++count < 100000) {
            used +=
                (size_t)sprintf(command.answer + used, "%u:%lu:", one.entry.kind, one.entry.inode);
            for (unsigned i = 0; i < one.entry.name_length; i++) {
                used += (size_t)sprintf(command.answer + used, "%02x", (uint8_t)one.entry.name[i]);
            }
            command.answer[used++] = ' ';
            command.answer[used] = '\0';
        }
    }
    return error == ENOENT ? 0 : error;
}
