/**
 * @file
 * Runs commands on an ext2 image: a line of standard input each, answered by a line of standard
 * output that begins with an error number. test_ext2_host.py says what they should give.
 *
 *     ext2test IMAGE SEED
 *
 * In words of commands, %XX stands for a byte. Data are told by a number: byte i of `data` number n
 * is pattern[(n + i) % PATTERN], a row of random numbers that is always the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "host.h"
#include "random.h"
#include "vfs/cache_own.h"

#define OPEN_MAX 64u
#define LINE_MAX_LENGTH 16384u

struct command command;
uint8_t pattern[PATTERN];

static struct node *opened[OPEN_MAX];

/** @return the kind of file system, once there is a mount */
const struct file_system *system_of(void)
{
    return mount.file_system;
}

/** @return a word as a number; 0: there is none */
uint64_t number(unsigned word)
{
    return word < command.count ? strtoull(command.words[word], NULL, 0) : 0;
}

static void fill_pattern(void)
{
    random_start(1);
    for (unsigned i = 0; i < PATTERN; i++) {
        pattern[i] = (uint8_t)random_next();
    }
}

static int truncate_node(struct node *node)
{
    return system_of()->truncate(node, number(2));
}

static int change(struct node *node)
{
    node->status.mode = (node->status.mode & S_IFMT) | (uint32_t)number(2);
    node->status.accessed = number(3);
    node->status.modified = number(4);
    return system_of()->change(node);
}

static int read_path(struct node *node)
{
    return read_node(node, number(2), (size_t)number(3));
}

static int write_path(struct node *node)
{
    return write_node(node, number(2), (size_t)number(3), number(4));
}

/** Does something with the node that word 1 names. */
static int with_path(int (*act)(struct node *node))
{
    struct node *node = NULL;
    int error = host_walk(command.words[1], &node);

    if (error == 0) {
        error = act(node);
    }
    host_put(node);
    return error;
}

/** Opens: word 1 the path, word 2 under which number. */
static int open_path(void)
{
    return host_walk(command.words[1], &opened[number(2) % OPEN_MAX]);
}

static struct node *opened_by(unsigned word)
{
    return opened[number(word) % OPEN_MAX];
}

static int close_path(void)
{
    host_put(opened_by(1));
    opened[number(1) % OPEN_MAX] = NULL;
    return 0;
}

static int tell_space(void)
{
    struct file_system_status status = {0};
    int error = system_of()->statfs(&mount, &status);

    snprintf(command.answer, sizeof(command.answer), "%lu %lu %lu %lu %lu", status.block_size,
             status.blocks, status.free_blocks, status.inodes, status.free_inodes);
    return error;
}

/** Sets a fault: word 1 which, word 2 when. */
static int set_fault(void)
{
    static const struct {
        const char *name;
        uint64_t *count;
    } all[] = {
        {"cut", &faults.cut},
        {"read", &faults.read_error},
        {"write", &faults.write_error},
        {"errors", &faults.errors},
        {"block", &faults.no_block},
        {"inode", &faults.no_inode},
        {"requests", &faults.requests_max},
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (strcmp(all[i].name, command.words[1]) == 0) {
            *all[i].count = number(2);
        }
    }
    return 0;
}

/** Has a buffer chosen: a letter for each, from the oldest on. Its value is the sum of 1:
 * referred to, 2: busy, 4: changed. Answers with its index. */
static int choose(void)
{
    static struct buffer buffers[1024];
    size_t count = strlen(command.words[1]);
    const struct buffer *chosen;

    memset(buffers, 0, sizeof(buffers));
    for (size_t i = 0; i < count; i++) {
        unsigned bits = (unsigned)(command.words[1][i] - '0');

        buffers[i].references = bits & 1 ? 2 : 0;
        buffers[i].is_busy = bits & 2;
        buffers[i].is_changed = bits & 4;
        buffers[i].older = i > 0 ? &buffers[i - 1] : NULL;
        buffers[i].newer = i + 1 < count ? &buffers[i + 1] : NULL;
    }
    chosen = cache_choose(count > 0 ? buffers : NULL);
    snprintf(command.answer, sizeof(command.answer), "%ld",
             chosen == NULL ? -1L : (long)(chosen - buffers));
    return 0;
}

static int sync_all(void)
{
    int error = system_of()->sync(&mount);

    if (error == 0) {
        disk_expect_flushed();
    }
    return error;
}

static int mount_disk(void)
{
    return host_mount(number(1) != 0);
}

static int tell_state(void)
{
    snprintf(command.answer, sizeof(command.answer), "%d %lu", mount.is_read_only, lines);
    return 0;
}

static int read_opened(void)
{
    return read_node(opened_by(1), number(2), (size_t)number(3));
}

static int write_opened(void)
{
    return write_node(opened_by(1), number(2), (size_t)number(3), number(4));
}

static int truncate_opened(void)
{
    return truncate_node(opened_by(1));
}

static int status_opened(void)
{
    return tell_status(opened_by(1));
}

/** A command's name, and what does it: on the path that is word 1, or otherwise. */
static const struct {
    const char *name;
    int (*on_node)(struct node *node);
    int (*other)(void);
    bool changes; /* the mount is locked to write meanwhile */
} commands[] = {
    {"read", read_path, NULL, false},      {"bytes", tell_bytes, NULL, false},
    {"write", write_path, NULL, true},     {"truncate", truncate_node, NULL, true},
    {"stat", tell_status, NULL, false},    {"list", list, NULL, false},
    {"readlink", read_link, NULL, false},  {"change", change, NULL, true},
    {"create", NULL, make_file, true},     {"mkdir", NULL, make_directory, true},
    {"symlink", NULL, make_link, true},    {"link", NULL, link_name, true},
    {"unlink", NULL, take_file, true},     {"rmdir", NULL, take_directory, true},
    {"rename", NULL, rename_name, true},   {"open", NULL, open_path, false},
    {"close", NULL, close_path, true},     {"hread", NULL, read_opened, false},
    {"hwrite", NULL, write_opened, true},  {"htruncate", NULL, truncate_opened, true},
    {"hstat", NULL, status_opened, false}, {"sync", NULL, sync_all, false},
    {"space", NULL, tell_space, false},    {"fault", NULL, set_fault, false},
    {"state", NULL, tell_state, false},    {"choose", NULL, choose, false},
    {"mount", NULL, mount_disk, true},     {"unmount", NULL, host_unmount, true},
};

/** Puts bytes in the place of %XX. */
static void decode(char *word)
{
    char *to = word;

    for (; *word != '\0'; word++, to++) {
        unsigned byte;

        if (*word == '%' && sscanf(word + 1, "%2x", &byte) == 1) {
            *to = (char)byte;
            word += 2;
        } else {
            *to = *word;
        }
    }
    *to = '\0';
}

static void split(char *line)
{
    command.count = 0;
    command.answer[0] = '\0';
    for (char *word = strtok(line, " \n"); word != NULL && command.count < WORDS;
         word = strtok(NULL, " \n")) {
        command.words[command.count++] = word;
        decode(word);
    }
}

static int run(void)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, command.words[0]) == 0) {
            int error;

            requests = 0;
            mount.lock.is_written = commands[i].changes;
            error =
                commands[i].on_node != NULL ? with_path(commands[i].on_node) : commands[i].other();
            mount.lock.is_written = false;
            return error;
        }
    }
    fprintf(stderr, "no such command: %s\n", command.words[0]);
    exit(2);
}

int main(int count, char **words)
{
    static char line[LINE_MAX_LENGTH];

    if (count != 3) {
        fprintf(stderr, "ext2test IMAGE SEED\n");
        return 2;
    }
    fill_pattern();
    random_start(strtoull(words[2], NULL, 0));
    disk_open(words[1]);
    while (fgets(line, sizeof(line), stdin) != NULL) {
        int error;

        split(line);
        if (command.count == 0) {
            continue;
        }
        error = run();
        printf("%d %s\n", error, command.answer);
        fflush(stdout);
    }
    disk_settle();
    return 0;
}
