/**
 * @file
 * ext2: moving a name. At no moment is the file without a name on the disk.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <sys/stat.h>

/** A name in a directory. */
struct name {
    struct node *directory;
    const char *text;
    size_t length;
};

/** All that a move is about. A file or place whose buffer is NULL is not there (yet). */
struct move {
    struct ext2 *ext2;
    struct ext2_file from, to, file, replaced;
    struct ext2_place old, new;
    struct ext2_place up; /* the file's "..", if it is a directory that gets another parent */
    bool is_directory;
    bool has_new_parent;
};

static void put_buffer(struct buffer *buffer)
{
    if (buffer != NULL) {
        buffer_put(buffer);
    }
}

/** Gives everything back. */
static void put(struct move *move)
{
    put_buffer(move->up.buffer);
    put_buffer(move->new.buffer);
    put_buffer(move->old.buffer);
    put_buffer(move->replaced.buffer);
    put_buffer(move->file.buffer);
    put_buffer(move->to.buffer);
    put_buffer(move->from.buffer);
}

/** Gets a file; not there if that fails. */
static int get_file(struct ext2 *ext2, const struct node *node, struct ext2_file *file)
{
    int error = ext2_file_get(ext2, (uint32_t)node->number, file);

    if (error != 0) {
        file->buffer = NULL;
    }
    return error;
}

static int get_directory(struct node *node, struct ext2_file *directory)
{
    int error = ext2_directory_get(node, directory);

    if (error != 0) {
        directory->buffer = NULL;
    }
    return error;
}

/** Finds a name that has to lead to a file; not there if that fails. */
static int find(const struct ext2_file *directory, const char *text, size_t length, uint32_t number,
                struct ext2_place *place)
{
    int error = ext2_directory_find(directory, text, length, place);

    if (error == 0 && number != 0 && ext2_entry_at(place)->inode != number) {
        buffer_put(place->buffer);
        error = ENOENT;
    }
    if (error != 0) {
        place->buffer = NULL;
    }
    return error;
}

/** Gets the files. */
static int get_files(struct move *move, const struct name *from, const struct node *node,
                     const struct name *to, const struct node *replaced)
{
    int error = get_directory(from->directory, &move->from);

    if (error == 0) {
        error = get_directory(to->directory, &move->to);
    }
    if (error == 0) {
        error = get_file(move->ext2, node, &move->file);
    }
    if (error == 0 && replaced != NULL) {
        error = get_file(move->ext2, replaced, &move->replaced);
    }
    return error;
}

/** Finds out whether the move can be, and all its places. A refused one has changed nothing but
 * room in the directory. */
static int prepare(struct move *move, const struct name *from, const struct name *to)
{
    bool is_replacing = move->replaced.buffer != NULL;
    int error = find(&move->from, from->text, from->length, move->file.number, &move->old);

    move->is_directory = S_ISDIR(move->file.inode->mode);
    move->has_new_parent = move->is_directory && move->from.number != move->to.number;
    if (error == 0 && move->has_new_parent) {
        error = find(&move->file, "..", 2, 0, &move->up);
    }
    if (error == 0 && move->has_new_parent && !is_replacing &&
        move->to.inode->links >= EXT2_LINKS_MAX) {
        error = EMLINK;
    }
    if (error == 0 && is_replacing && S_ISDIR(move->replaced.inode->mode)) {
        error = ext2_directory_is_empty(&move->replaced);
    }
    if (error == 0 && is_replacing) {
        return find(&move->to, to->text, to->length, move->replaced.number, &move->new);
    }
    if (error == 0) {
        error = ext2_directory_room(&move->to, to->length, &move->new);
    }
    if (error != 0) {
        move->new.buffer = NULL;
    }
    return error;
}

/** Finds the entry before a place anew: the new name may have come in between. */
static void renew(struct ext2_place *place)
{
    struct ext2_place at = *place;

    for (at.offset = 0; at.offset < place->offset; at.offset += ext2_entry_at(&at)->size) {
        place->previous = at.offset;
    }
}

/** Counts the links that there are more while a file has both names. If the power fails then, and
 * one of the names is taken away later, the other one still leads to a file. */
static void count_more(struct move *move)
{
    if (move->has_new_parent) {
        ext2_parent_count(&move->to, 1);
        ext2_write_first(move->to.buffer);
    } else if (!move->is_directory && move->new.buffer != move->old.buffer) {
        move->file.inode->links++;
        ext2_file_changed(&move->file);
        ext2_write_first(move->file.buffer);
    }
}

/** Counts the links that have gone. */
static void count_less(struct move *move)
{
    if (move->has_new_parent) {
        ext2_parent_count(&move->from, -1);
    } else if (!move->is_directory && move->new.buffer != move->old.buffer) {
        move->file.inode->links--;
    }
    if (move->replaced.buffer != NULL) {
        ext2_file_lose(&move->replaced, move->is_directory);
    }
    if (move->replaced.buffer != NULL && move->is_directory) {
        ext2_parent_count(&move->to, -1);
    }
    move->file.inode->changed = ext2_now();
    ext2_file_changed(&move->file);
}

/** Makes the new name, then takes the old one away. */
static void move_name(struct move *move, const struct name *to)
{
    if (move->replaced.buffer != NULL) {
        ext2_entry_set(&move->to, &move->new, &move->file);
    } else {
        ext2_entry_put(&move->to, &move->new, to->text, to->length, &move->file);
    }
    if (move->new.buffer != move->old.buffer) {
        ext2_write_first(move->new.buffer);
    }
    if (move->has_new_parent) {
        ext2_entry_set(&move->file, &move->up, &move->to);
        ext2_write_first(move->up.buffer);
    }
    renew(&move->old);
    ext2_entry_remove(&move->from, &move->old);
    ext2_write_first(move->old.buffer);
}

/** Moves a name; see struct file_system. */
int ext2_rename(struct node *from, const char *name, size_t length, struct node *node,
                struct node *to, const char *new_name, size_t new_length, struct node *replaced)
{
    struct move move = {.ext2 = from->mount->data};
    const struct name old = {from, name, length}, new = {to, new_name, new_length};
    int error = node == replaced ? 0 : ext2_begin(move.ext2);

    if (error != 0 || node == replaced) {
        return error; /* two names of one file: POSIX wants both to stay */
    }
    error = get_files(&move, &old, node, &new, replaced);
    if (error == 0) {
        error = prepare(&move, &old, &new);
        if (error == 0) {
            count_more(&move);
            move_name(&move, &new);
            count_less(&move);
        }
        ext2_status(&move.from, from);
        ext2_status(&move.to, to);
        ext2_status(&move.file, node);
        if (replaced != NULL) {
            ext2_status(&move.replaced, replaced);
        }
    }
    put(&move);
    return error;
}
