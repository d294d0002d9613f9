/**
 * @file
 * Reading directories (IEEE 1003.1, dirent.h). The kinds are also those of struct file_entry in
 * servers/vfs/proto.h.
 */
#pragma once

#include <sys/types.h>

#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12

/** An entry. */
struct dirent {
    ino_t d_ino;
    unsigned char d_type; /**< DT_REG and so on; DT_UNKNOWN: ask lstat() */
    char d_name[256];     /**< ends with NUL */
};

/** A directory that is being read. */
typedef struct directory DIR;

/** @return NULL: errno says why */
DIR *opendir(const char *path);
/** @param descriptor of a directory; closedir() closes it */
DIR *fdopendir(int descriptor);
/** @return the next entry, until the next call; NULL: the end (errno as it was), or an error */
struct dirent *readdir(DIR *directory);
void rewinddir(DIR *directory);
int closedir(DIR *directory);
int dirfd(DIR *directory);
