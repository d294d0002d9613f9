/**
 * @file
 * The file system of what can be known: /proc. Its files are texts that are made when they are
 * opened. Their size is told as 0, for nobody knows it before.
 *
 * Numbers: 1 is the root directory; the files in it have 2 and so on. Of a process, the directory
 * has its id shifted up by PROCESS_SHIFT, and the files in it that and 1 and so on. So no number
 * stands for two.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "vfs/clients.h"
#include "vfs/clock.h"
#include "vfs/file_systems.h"
#include "vfs/open_file.h"
#include "vfs/proc/texts.h"
#include "vfs/request.h"

#define ROOT_NUMBER 1u
#define FIRST_FILE 2u
#define PROCESS_SHIFT 8u
#define FILE_MASK 0xFFu
#define BLOCK_SIZE 4096u
#define ID_DIGITS 21u

/** A file of the whole system. */
struct system_file {
    const char *name;
    void (*write)(struct text *text); /**< NULL: a symbolic link to the directory of who asks */
};

/** A file of a process. */
struct process_file {
    const char *name;
    void (*write)(struct text *text, const struct root_process *process);
};

static const struct system_file system_files[] = {
    {"meminfo", text_meminfo}, {"uptime", text_uptime}, {"version", text_version},
    {"time", text_time},       {"mounts", text_mounts}, {"ipc_stats", text_ipc_stats},
    {"kmsg", text_kmsg},       {"self", NULL},
};

static const struct process_file process_files[] = {
    {"status", text_process_status},
    {"name", text_process_name},
    {"caps", text_process_caps},
    {"files", text_process_files},
};

#define SYSTEM_FILES (sizeof(system_files) / sizeof(system_files[0]))
#define PROCESS_FILES (sizeof(process_files) / sizeof(process_files[0]))
#define NUMBER_SELF (FIRST_FILE + SYSTEM_FILES - 1)

static uint64_t id_of(uint64_t number)
{
    return number >> PROCESS_SHIFT;
}

/** @return the process that a number is about, or its file; 0: it is about none that lives */
static uint64_t living(uint64_t number)
{
    struct root_process process;
    uint64_t id = id_of(number);

    return id != 0 && root_process_read(0, id, &process) ? id : 0;
}

static int mount(struct mount *mount, const char *source)
{
    (void)source;
    mount->root_number = ROOT_NUMBER;
    mount->block_size = BLOCK_SIZE;
    mount->is_read_only = true;
    return 0;
}

/** @return kind and permissions of a number; 0: there is no such file */
static uint32_t mode_of(uint64_t number)
{
    uint64_t file = number & FILE_MASK;

    if (id_of(number) != 0) {
        if (living(number) == 0 || file > PROCESS_FILES) {
            return 0;
        }
        return file == 0 ? S_IFDIR | 0555 : S_IFREG | 0444;
    }
    if (number == ROOT_NUMBER) {
        return S_IFDIR | 0555;
    }
    if (number == NUMBER_SELF) {
        return S_IFLNK | 0777;
    }
    return number >= FIRST_FILE && number < NUMBER_SELF ? S_IFREG | 0444 : 0;
}

static int load(struct node *node)
{
    uint32_t mode = mode_of(node->number);

    if (mode == 0) {
        return ENOENT;
    }
    node->status.mode = mode;
    node->status.links = S_ISDIR(mode) ? 2 : 1;
    node->status.block_size = BLOCK_SIZE;
    node->status.modified = clock_seconds();
    node->status.accessed = node->status.modified;
    node->status.changed = node->status.modified;
    return 0;
}

static bool is_name(const char *own, const char *name, size_t length)
{
    return strlen(own) == length && memcmp(own, name, length) == 0;
}

/** Reads a process's id, as it is written in its directory's name. @return 0: it is none */
static uint64_t read_id(const char *name, size_t length)
{
    uint64_t id = 0;

    if (length == 0 || length >= ID_DIGITS - 2 || name[0] == '0') {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        if (name[i] < '0' || name[i] > '9') {
            return 0;
        }
        id = id * 10 + (uint64_t)(name[i] - '0');
    }
    return id <= UINT64_MAX >> PROCESS_SHIFT ? id : 0;
}

/** Finds a name in the root directory. @return 0: there is none */
static uint64_t find_in_root(const char *name, size_t length)
{
    for (uint64_t i = 0; i < SYSTEM_FILES; i++) {
        if (is_name(system_files[i].name, name, length)) {
            return FIRST_FILE + i;
        }
    }
    return living(read_id(name, length) << PROCESS_SHIFT) << PROCESS_SHIFT;
}

/** Finds a name in a process's directory. @return 0: there is none */
static uint64_t find_in_process(uint64_t directory, const char *name, size_t length)
{
    for (uint64_t i = 0; i < PROCESS_FILES; i++) {
        if (is_name(process_files[i].name, name, length)) {
            return living(directory) != 0 ? directory + 1 + i : 0;
        }
    }
    return 0;
}

static int lookup(struct node *directory, const char *name, size_t length, uint64_t *number)
{
    if (is_name("..", name, length)) {
        *number = ROOT_NUMBER;
    } else if (directory->number == ROOT_NUMBER) {
        *number = find_in_root(name, length);
    } else {
        *number = find_in_process(directory->number, name, length);
    }
    return *number != 0 ? 0 : ENOENT;
}

/** Tells the process in the first place that has one, from a place on. @param place moved behind */
static int tell_process(uint64_t *place, struct file_entry *entry)
{
    struct root_process process;
    char name[ID_DIGITS];

    while (root_process_read(*place, 0, &process)) {
        ++*place;
        if (process.id != 0) {
            int length = snprintf(name, sizeof(name), "%lu", process.id);

            entry_set(entry, process.id << PROCESS_SHIFT, DT_DIR, name, (size_t)length);
            return 0;
        }
    }
    return ENOENT;
}

/** Tells what comes behind "." and "..". @param at counted from there; moved behind the entry */
static int tell_entry(const struct node *directory, uint64_t *at, struct file_entry *entry)
{
    uint64_t place;
    int error;

    if (directory->number != ROOT_NUMBER) {
        if (*at >= PROCESS_FILES) {
            return ENOENT;
        }
        entry_set(entry, directory->number + 1 + *at, DT_REG, process_files[*at].name,
                  strlen(process_files[*at].name));
        ++*at;
        return 0;
    }
    if (*at < SYSTEM_FILES) {
        entry_set(entry, FIRST_FILE + *at, system_files[*at].write != NULL ? DT_REG : DT_LNK,
                  system_files[*at].name, strlen(system_files[*at].name));
        ++*at;
        return 0;
    }
    place = *at - SYSTEM_FILES;
    error = tell_process(&place, entry);
    *at = place + SYSTEM_FILES;
    return error;
}

static int tell(struct node *directory, uint64_t *position, struct file_entry *entry)
{
    uint64_t at;
    int error;

    if (*position < 2) {
        entry_set(entry, *position == 0 ? directory->number : ROOT_NUMBER, DT_DIR, "..",
                  *position + 1);
        ++*position;
        return 0;
    }
    at = *position - 2;
    error = tell_entry(directory, &at, entry);
    *position = at + 2;
    return error;
}

/** The target of "self": the process whose request this is. */
static int read_link(struct node *node, char *to, size_t *length)
{
    const struct request *request = request_running();
    char name[ID_DIGITS];

    (void)node;
    if (request == NULL) {
        return EIO;
    }
    *length = (size_t)snprintf(name, sizeof(name), "%lu", request->client->id);
    memcpy(to, name, *length);
    return 0;
}

static int read_text(struct open_file *file, uint64_t offset, void *to, size_t size, size_t *done)
{
    *done = text_read(file->data, offset, to, size);
    return 0;
}

static void close_text(struct open_file *file)
{
    text_free(file->data);
}

static const struct file_kind text_kind = {
    .can_seek = true, .read = read_text, .close = close_text};

/** Writes the text of a file. @return 0; ENOENT: the process has gone */
static int write_text(uint64_t number, struct text *text)
{
    struct root_process process;

    if (id_of(number) == 0) {
        system_files[number - FIRST_FILE].write(text);
        return 0;
    }
    if (!root_process_read(0, id_of(number), &process)) {
        return ENOENT;
    }
    process_files[(number & FILE_MASK) - 1].write(text, &process);
    return 0;
}

static int open_text(struct node *node, const char *rest, size_t length, unsigned flags,
                     struct open_file *file)
{
    struct text *text;
    int error;

    (void)rest;
    (void)flags;
    if (length > 0) {
        return ENOTDIR;
    }
    if (!S_ISREG(node->status.mode)) {
        return 0;
    }
    text = text_make();
    if (text == NULL) {
        return ENOMEM;
    }
    error = write_text(node->number, text);
    if (error != 0) {
        text_free(text);
        return error;
    }
    file->kind = &text_kind;
    file->data = text;
    return 0;
}

const struct file_system proc_file_system = {
    .kind = "proc",
    .mount = mount,
    .load = load,
    .lookup = lookup,
    .readdir = tell,
    .readlink = read_link,
    .open = open_text,
};
