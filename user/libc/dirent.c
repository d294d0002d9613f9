/**
 * @file
 * Reading directories (IEEE 1003.1). The server gives many entries at a time.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file_call.h"

/** A directory that is being read. */
struct directory {
    int descriptor;
    size_t position, filled; /**< bytes of `entries` that have been given, and that there are */
    struct dirent entry;     /**< the last one that was given */
    _Alignas(struct file_entry) char entries[FILE_DATA_MAX];
};

_Static_assert(sizeof(((struct dirent *)NULL)->d_name) > FILE_NAME_MAX, "every name fits");

/** Reads an open directory. @return NULL: ENOMEM */
DIR *fdopendir(int descriptor)
{
    DIR *directory = malloc(sizeof(*directory));

    if (directory != NULL) {
        directory->descriptor = descriptor;
        directory->position = directory->filled = 0;
    }
    return directory;
}

/** Begins to read a directory. @return NULL: ENOENT, ENOTDIR, ENOMEM, as open() */
DIR *opendir(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY);
    DIR *directory = descriptor < 0 ? NULL : fdopendir(descriptor);

    if (descriptor >= 0 && directory == NULL) {
        close(descriptor);
        errno = ENOMEM;
    }
    return directory;
}

/** Asks for the next entries. @return false: there are none, or an error, which errno says */
static bool fetch(DIR *directory)
{
    struct file_call call = {.request = FILE_READDIR,
                             .words = {(uint64_t)directory->descriptor},
                             .to = directory->entries,
                             .room = sizeof(directory->entries)};

    directory->position = directory->filled = 0;
    if (!file_call(&call)) {
        return false;
    }
    if (call.words[0] > call.received) {
        errno = EIO;
        return false;
    }
    directory->filled = call.words[0];
    return directory->filled > 0;
}

/** @return the entry that is next in the buffer; NULL, errno EIO: what is there is none */
static const struct file_entry *next_entry(const DIR *directory)
{
    size_t left = directory->filled - directory->position;
    const struct file_entry *entry =
        (const struct file_entry *)(directory->entries + directory->position);
    bool is_right = left >= sizeof(*entry) && entry->size <= left &&
                    entry->size % _Alignof(struct file_entry) == 0 &&
                    entry->size >= offsetof(struct file_entry, name) + entry->name_length;

    if (!is_right) {
        errno = EIO;
    }
    return is_right ? entry : NULL;
}

/**
 * Gives the next entry; "." and ".." are among them.
 *
 * @param directory  from opendir()
 * @return the entry, until the next call; NULL at the end, with errno as it was; NULL for an error,
 *         which errno says
 */
struct dirent *readdir(DIR *directory)
{
    const struct file_entry *entry;

    if (directory->position == directory->filled && !fetch(directory)) {
        return NULL;
    }
    entry = next_entry(directory);
    if (entry == NULL) {
        directory->filled = directory->position;
        return NULL;
    }
    directory->position += entry->size;
    directory->entry.d_ino = entry->inode;
    directory->entry.d_type = entry->kind;
    memcpy(directory->entry.d_name, entry->name, entry->name_length);
    directory->entry.d_name[entry->name_length] = '\0';
    return &directory->entry;
}

/** Begins again with the first entry. */
void rewinddir(DIR *directory)
{
    lseek(directory->descriptor, 0, SEEK_SET);
    directory->position = directory->filled = 0;
}

/** Ends the reading. @return as close() */
int closedir(DIR *directory)
{
    int descriptor = directory->descriptor;

    free(directory);
    return close(descriptor);
}

/** @return the directory's descriptor; closedir() closes it */
int dirfd(DIR *directory)
{
    return directory->descriptor;
}
