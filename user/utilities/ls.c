/**
 * @file
 * ls: lists files.
 *
 * Of each file only what is shown is kept: a directory may have thousands.
 */
#include <dirent.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common.h"

#define COLUMNS 80u
#define GAP 2u /* blanks between columns */

static const char usage[] =
    "usage: ls [-1adFilRrSt] [FILE...]\n"
    "lists files and what is in directories\n"
    "-1 one on a line, -a those with a dot first, too, -d directories like files, -F a sign "
    "behind\n"
    "a name says the kind, -i inode numbers, -l kind and permissions, links, bytes, time, -R\n"
    "directories below, too, -r the other way round, -S largest first, -t newest first\n";

/* Options. */
static bool one_on_a_line, shows_all, as_files, shows_kinds, shows_inodes, is_long, goes_down;
static bool is_reversed, by_size, by_time;

/** A file that is listed. */
struct entry {
    char *name;
    mode_t mode;
    nlink_t links;
    ino_t inode;
    off_t size;
    blkcnt_t blocks;
    time_t modified;
};

/** Files that are listed together. */
struct list {
    struct entry *entries;
    size_t count;
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = 0;

    if (by_size) {
        order = (b->size > a->size) - (b->size < a->size);
    } else if (by_time) {
        order = (b->modified > a->modified) - (b->modified < a->modified);
    }
    order = order != 0 ? order : strcmp(a->name, b->name);
    return is_reversed ? -order : order;
}

static bool needs_status(void)
{
    return is_long || shows_kinds || shows_inodes || goes_down || by_size || by_time;
}

/** Fills an entry. @param path of the file @return status */
static int fill(struct entry *entry, const char *path, const char *name)
{
    struct stat status = {0};

    *entry = (struct entry){.name = strdup(name)};
    if (entry->name == NULL) {
        err(STATUS_FAILED, NULL);
    }
    if (needs_status() && lstat(path, &status) != 0) {
        warn("%s", path);
        return STATUS_FAILED;
    }
    entry->mode = status.st_mode;
    entry->links = status.st_nlink;
    entry->inode = status.st_ino;
    entry->size = status.st_size;
    entry->blocks = status.st_blocks;
    entry->modified = status.st_mtime;
    return 0;
}

static char kind_of(mode_t mode)
{
    static const char kinds[16] = {
        [S_IFREG >> 12] = '-', [S_IFDIR >> 12] = 'd', [S_IFLNK >> 12] = 'l',
        [S_IFCHR >> 12] = 'c', [S_IFBLK >> 12] = 'b', [S_IFIFO >> 12] = 'p',
    };
    char kind = kinds[(mode & S_IFMT) >> 12];

    return kind == '\0' ? '?' : kind;
}

/** @return the sign that says a file's kind; "": it is an ordinary one */
static const char *sign_of(mode_t mode)
{
    if (!shows_kinds) {
        return "";
    }
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "/";
    case S_IFLNK:
        return "@";
    case S_IFIFO:
        return "|";
    default:
        return S_ISREG(mode) && (mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0 ? "*" : "";
    }
}

/** Prints kind and permissions. */
static void print_mode(mode_t mode)
{
    char text[11] = "?rwxrwxrwx";

    text[0] = kind_of(mode);
    for (unsigned i = 0; i < 9; i++) {
        if ((mode >> (8 - i) & 1) == 0) {
            text[i + 1] = '-';
        }
    }
    fputs(text, stdout);
}

/** Prints what a symbolic link leads to. */
static void print_target(const char *folder, const struct entry *entry)
{
    char target[1025];
    char *path = folder == NULL ? NULL : utility_join(folder, entry->name);
    ssize_t length = readlink(path == NULL ? entry->name : path, target, sizeof(target) - 1);

    if (length >= 0) {
        target[length] = '\0';
        printf(" -> %s", target);
    }
    free(path);
}

/** Prints all that there is to know of a file. @param width of the sizes */
static void print_long(const char *folder, const struct entry *entry, int width)
{
    char date[20] = "?";
    struct tm *parts = gmtime(&entry->modified);

    if (parts != NULL) {
        strftime(date, sizeof(date), "%Y-%m-%d %H:%M", parts);
    }
    print_mode(entry->mode);
    printf(" %2lu %*ld %s %s", (unsigned long)entry->links, width, (long)entry->size, date,
           entry->name);
    if (S_ISLNK(entry->mode)) {
        print_target(folder, entry);
    } else {
        fputs(sign_of(entry->mode), stdout);
    }
    putchar('\n');
}

static void print_inode(const struct entry *entry)
{
    if (shows_inodes) {
        printf("%lu ", (unsigned long)entry->inode);
    }
}

static void print_lines(const char *folder, const struct list *list)
{
    off_t largest = 0;
    int width = 1;

    for (size_t i = 0; i < list->count; i++) {
        largest = list->entries[i].size > largest ? list->entries[i].size : largest;
    }
    for (; largest > 9; largest /= 10) {
        width++;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct entry *entry = &list->entries[i];

        print_inode(entry);
        if (is_long) {
            print_long(folder, entry, width);
        } else {
            printf("%s%s\n", entry->name, sign_of(entry->mode));
        }
    }
}

/** Prints names in columns, for a terminal. */
static void print_columns(const struct list *list)
{
    size_t widest = 0, columns, rows;

    for (size_t i = 0; i < list->count; i++) {
        size_t width = strlen(list->entries[i].name) + strlen(sign_of(list->entries[i].mode));

        widest = width > widest ? width : widest;
    }
    columns = (COLUMNS + GAP - 1) / (widest + GAP);
    columns = columns == 0 ? 1 : columns;
    rows = (list->count + columns - 1) / columns;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < list->count; i += rows) {
            const struct entry *entry = &list->entries[i];
            const char *sign = sign_of(entry->mode);
            size_t gap = widest + GAP - strlen(entry->name) - strlen(sign);

            printf("%s%s%*s", entry->name, sign, i + rows < list->count ? (int)gap : 0, "");
        }
        putchar('\n');
    }
}

static void print_list(const char *folder, struct list *list)
{
    if (list->count != 0) {
        qsort(list->entries, list->count, sizeof(*list->entries), compare);
    }
    if (is_long || shows_inodes || one_on_a_line) {
        print_lines(folder, list);
    } else {
        print_columns(list);
    }
}

static void free_list(struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->entries[i].name);
    }
    free(list->entries);
}

/** @return room for so many entries; ends when there is none */
static struct list make_list(size_t room)
{
    struct list list = {.entries = calloc(room + 1, sizeof(struct entry))};

    if (list.entries == NULL) {
        err(STATUS_FAILED, NULL);
    }
    return list;
}

/** Makes a list of a directory's names. @return status */
static int fill_list(const char *path, const struct utility_names *names, struct list *list)
{
    int status = 0;

    for (size_t i = 0; i < names->count; i++) {
        if (shows_all || names->items[i][0] != '.') {
            char *file = needs_status() ? utility_join(path, names->items[i]) : NULL;

            status |= fill(&list->entries[list->count++], file, names->items[i]);
            free(file);
        }
    }
    return status;
}

static void print_total(const struct list *list)
{
    unsigned long blocks = 0;

    for (size_t i = 0; i < list->count; i++) {
        blocks += (unsigned long)list->entries[i].blocks;
    }
    if (is_long) {
        printf("total %lu\n", (blocks + 1) / 2);
    }
}

static int list_folder(const char *path, bool has_title);

/** Lists the directories in one. @return status */
static int list_below(const char *path, const struct list *list)
{
    int status = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (S_ISDIR(list->entries[i].mode) && !utility_is_dots(list->entries[i].name)) {
            char *below = utility_join(path, list->entries[i].name);

            status |= list_folder(below, true);
            free(below);
        }
    }
    return status;
}

/** Lists a directory. @return status */
static int list_folder(const char *path, bool has_title)
{
    static bool is_later;
    struct utility_names names;
    struct list list;
    int status = utility_read_folder(path, &names);

    if (status != 0) {
        return status;
    }
    if (has_title) {
        printf("%s%s:\n", is_later ? "\n" : "", path);
    }
    is_later = true;
    list = make_list(names.count);
    status = fill_list(path, &names, &list);
    utility_free_names(&names);
    print_total(&list);
    print_list(path, &list);
    if (goes_down) {
        status |= list_below(path, &list);
    }
    free_list(&list);
    return status;
}

/** @return whether an operand is listed with what is in it. A link counts with -l as what it is */
static bool is_listed_inside(const char *path)
{
    struct stat status;

    if (as_files || (is_long ? lstat : stat)(path, &status) != 0) {
        return false;
    }
    return S_ISDIR(status.st_mode);
}

/** Lists files first, then directories. @return status */
static int list_operands(int count, char *const paths[])
{
    struct list files = make_list((size_t)count);
    struct list folders = make_list((size_t)count);
    int status = 0;

    for (int i = 0; i < count; i++) {
        struct stat found;
        struct list *list = is_listed_inside(paths[i]) ? &folders : &files;

        if (lstat(paths[i], &found) != 0) {
            warn("%s", paths[i]);
            status = STATUS_FAILED;
        } else {
            status |= fill(&list->entries[list->count++], paths[i], paths[i]);
        }
    }
    if (files.count != 0) {
        print_list(NULL, &files);
    }
    qsort(folders.entries, folders.count, sizeof(*folders.entries), compare);
    for (size_t i = 0; i < folders.count; i++) {
        if (i == 0 && files.count != 0) {
            putchar('\n');
        }
        status |= list_folder(folders.entries[i].name, count > 1 || goes_down);
    }
    free_list(&files);
    free_list(&folders);
    return status;
}

/** @return 0; 1: something could not be listed */
int main(int argc, char **argv)
{
    static bool *const flags[128] = {
        ['1'] = &one_on_a_line, ['a'] = &shows_all, ['d'] = &as_files,  ['F'] = &shows_kinds,
        ['i'] = &shows_inodes,  ['l'] = &is_long,   ['R'] = &goes_down, ['r'] = &is_reversed,
        ['S'] = &by_size,       ['t'] = &by_time,
    };
    static char *here[] = {"."};
    int option;

    one_on_a_line = !isatty(STDOUT_FILENO);
    while ((option = utility_option(argc, argv, "1adFilRrSt", usage)) != -1) {
        *flags[option] = true;
    }
    return utility_finish(optind == argc ? list_operands(1, here)
                                         : list_operands(argc - optind, argv + optind));
}
