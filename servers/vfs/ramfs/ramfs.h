/**
 * @file
 * The file system in memory: what its parts share.
 *
 * A file has a place in a table; its number is that place's, counted from 1. While its node is in
 * memory, the node's status is the valid one; else the one in the table. All mounts of this kind
 * share the table and the memory.
 */
#pragma once

#include "vfs/node.h"
#include "vfs/pages.h"

#define RAM_FILES 2048u /**< files, directories and symbolic links */
#define RAM_PAGES 1024u /**< of memory: 4 MB */

/** A name in a directory. */
struct ram_entry {
    struct ram_entry *next, *previous;
    uint64_t number;   /**< of the file */
    uint64_t position; /**< in the directory: grows from entry to entry; 0 and 1 are "." and ".." */
    size_t length;
    char name[FILE_NAME_MAX];
};

/** A file. */
struct ram_file {
    struct mount *mount; /**< NULL: the place is free */
    struct file_status status;

    /* Contents: a tree of pages. With 0 levels the top is the first page of the contents; else a
     * page of pointers to trees with one level less. NULL: these are all 0. A symbolic link's
     * target is its contents. */
    void *top;
    unsigned levels;

    /* a directory */
    struct ram_entry *first, *last;
    struct ram_entry *told; /**< by the last readdir: a hint where to go on; NULL: none */
    uint64_t next_position;
    uint64_t above; /**< number of the directory above; of the root itself */
};

/* ram_files.c */

struct ram_file *ram_file_of(const struct node *node);
struct ram_file *ram_file_at(uint64_t number);
struct ram_file *ram_file_make(struct mount *mount, uint32_t mode);
void ram_file_free(struct ram_file *file);
uint64_t ram_file_number(const struct ram_file *file);
void *ram_page_take(void);
void ram_page_give(void *page);
size_t ram_pages_used(void);
unsigned ram_files_used(void);

/* ram_contents.c */

int ram_read(struct node *node, uint64_t offset, void *to, size_t size, size_t *done);
int ram_write(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done);
int ram_truncate(struct node *node, uint64_t size);
int ram_contents_set(struct ram_file *file, const void *from, size_t size);
void ram_contents_free(struct ram_file *file);

/* ram_entries.c */

struct ram_entry *ram_entry_find(const struct ram_file *directory, const char *name, size_t length);
int ram_entry_add(struct ram_file *directory, const char *name, size_t length, uint64_t number);
void ram_entry_remove(struct ram_file *directory, struct ram_entry *entry);
int ram_lookup(struct node *directory, const char *name, size_t length, uint64_t *number);
int ram_readdir(struct node *directory, uint64_t *position, struct file_entry *entry);

/* ram_names.c */

int ram_create(struct node *directory, const char *name, size_t length, uint32_t mode,
               const char *target, uint64_t *number);
int ram_link(struct node *directory, const char *name, size_t length, struct node *node);
int ram_unlink(struct node *directory, const char *name, size_t length, struct node *node);
int ram_rmdir(struct node *directory, const char *name, size_t length, struct node *node);
int ram_rename(struct node *from, const char *name, size_t length, struct node *node,
               struct node *to, const char *new_name, size_t new_length, struct node *replaced);
