/**
 * @file
 * The VFS server's stand-in: does with the host's files what is asked of it. What the library makes
 * of its arguments, and of the answers, is the same as with the real one.
 */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "file_call.h"
#include "harness.h"
#include "libc.h"
#include "slot.h"

slot files_endpoint = {1};

unsigned files_calls, files_fail;
bool files_in_pieces;
int files_open;
unsigned files_begun, files_passed[8], files_passed_count;

/** The texts of a request, each ending with NUL. */
struct texts {
    char text[FILE_CALL_PARTS][FILE_PATH_MAX + 1];
};

static struct texts take_texts(const struct file_call *call)
{
    struct texts texts = {0};

    for (unsigned i = 0; i < FILE_CALL_PARTS; i++) {
        EXPECT(call->parts[i].size <= FILE_DATA_MAX, "part %u is too long", i);
        if (call->parts[i].size <= FILE_PATH_MAX && call->parts[i].size > 0) {
            memcpy(texts.text[i], call->parts[i].from, call->parts[i].size);
        }
    }
    return texts;
}

/** Puts the answer's bytes where they are wanted: in full words, as messages have them. */
static void answer(struct file_call *call, const void *bytes, size_t size)
{
    char padded[FILE_DATA_MAX] = {0};
    size_t there = (size + 7) / 8 * 8;

    memcpy(padded, bytes, size);
    call->received = there < call->room ? there : call->room;
    memcpy(call->to, padded, call->received);
}

static long do_read(struct file_call *call)
{
    char bytes[FILE_DATA_MAX];
    size_t wanted = call->words[1];
    ssize_t got;

    EXPECT(wanted <= FILE_DATA_MAX, "a read of %zu bytes in one message", wanted);
    wanted = files_in_pieces && wanted > 1 ? 1 + random_below(wanted) : wanted;
    got = call->words[2] == FILE_CURRENT
              ? read((int)call->words[0], bytes, wanted)
              : pread((int)call->words[0], bytes, wanted, (off_t)call->words[2]);
    if (got > 0) {
        answer(call, bytes, (size_t)got);
    }
    return got;
}

static long do_write(const struct file_call *call)
{
    const struct file_part *part = &call->parts[0];
    size_t size = part->size;

    expect_equal(size, call->words[1], "bytes of a write");
    size = files_in_pieces && size > 1 ? 1 + random_below(size) : size;
    return call->words[2] == FILE_CURRENT
               ? write((int)call->words[0], part->from, size)
               : pwrite((int)call->words[0], part->from, size, (off_t)call->words[2]);
}

static long do_status(struct file_call *call, const char *path)
{
    struct stat found;
    long result = path == NULL          ? fstat((int)call->words[0], &found)
                  : call->words[1] == 1 ? lstat(path, &found)
                                        : stat(path, &found);
    struct file_status status;

    if (result < 0) {
        return -1;
    }
    status = (struct file_status){
        found.st_dev,   found.st_ino,
        found.st_mode,  (uint32_t)found.st_nlink,
        found.st_size,  (uint64_t)found.st_blocks,
        4096,           (uint64_t)found.st_atime,
        found.st_mtime, (uint64_t)found.st_ctime,
    };
    answer(call, &status, sizeof(status));
    return 0;
}

/** An entry as getdents64(2) gives it. */
struct host_entry {
    uint64_t inode;
    int64_t offset;
    uint16_t size;
    uint8_t kind;
    char name[];
};

static long do_readdir(struct file_call *call)
{
    _Alignas(8) char from[FILE_DATA_MAX], to[FILE_DATA_MAX];
    long there = syscall(SYS_getdents64, (int)call->words[0], from, 1 + sizeof(from) / 2);
    size_t used = 0;

    for (long place = 0; place < there;) {
        const struct host_entry *entry = (const struct host_entry *)(from + place);
        size_t length = strlen(entry->name);
        struct file_entry *made = (struct file_entry *)(to + used);
        size_t size = (offsetof(struct file_entry, name) + length + 7) / 8 * 8;

        *made = (struct file_entry){entry->inode, (uint16_t)size, entry->kind, (uint8_t)length};
        memcpy(made->name, entry->name, length);
        used += size;
        place += entry->size;
    }
    if (there > 0) {
        answer(call, to, used);
    }
    return there < 0 ? -1 : (long)used;
}

static long do_readlink(struct file_call *call, const char *path)
{
    char target[FILE_PATH_MAX];
    ssize_t length = readlink(path, target, sizeof(target));

    if (length > 0) {
        answer(call, target, (size_t)length);
    }
    return length;
}

static long do_getcwd(struct file_call *call)
{
    char path[FILE_PATH_MAX];

    if (getcwd(path, sizeof(path)) == NULL) {
        return -1;
    }
    answer(call, path, strlen(path));
    return (long)strlen(path);
}

static long do_pipe(struct file_call *call)
{
    int ends[2];

    if (pipe(ends) != 0) {
        return -1;
    }
    call->words[1] = (uint64_t)ends[1];
    files_open += 2;
    return ends[0];
}

static long do_pass(const struct file_call *call)
{
    expect_equal(call->words[0], files_begun, "process that is given a file");
    if (fcntl((int)call->words[1], F_GETFD) < 0) {
        return -1;
    }
    files_passed[files_passed_count++ % 8] =
        (unsigned)(call->words[1] << 16 | (call->words[2] & 0xFFFF));
    return 0;
}

static long do_open(const struct file_call *call, const char *path)
{
    long descriptor = open(path, (int)call->words[1], (mode_t)call->words[2]);

    files_open += descriptor >= 0;
    return descriptor;
}

static long do_close(const struct file_call *call)
{
    long result = close((int)call->words[0]);

    files_open -= result == 0;
    return result;
}

static long do_begin(const struct file_call *call)
{
    files_begun = (unsigned)call->words[0];
    files_passed_count = 0;
    return 0;
}

/** What has no path. @return as the host's call; -1 with errno */
static long act(struct file_call *call)
{
    switch (call->request) {
    case FILE_READ:
        return do_read(call);
    case FILE_WRITE:
        return do_write(call);
    case FILE_CLOSE:
        return do_close(call);
    case FILE_SEEK:
        return lseek((int)call->words[0], (off_t)call->words[1], (int)call->words[2]);
    case FILE_FSTAT:
        return do_status(call, NULL);
    case FILE_READDIR:
        return do_readdir(call);
    case FILE_GETCWD:
        return do_getcwd(call);
    case FILE_PIPE:
        return do_pipe(call);
    case FILE_BEGIN:
        return do_begin(call);
    case FILE_PASS:
        return do_pass(call);
    default:
        errno = ENOSYS;
        return -1;
    }
}

/** What has paths; else as act(). */
static long act_on_paths(struct file_call *call, const struct texts *texts)
{
    const char *first = texts->text[0], *second = texts->text[1];

    switch (call->request) {
    case FILE_OPEN:
        return do_open(call, first);
    case FILE_STAT:
        return do_status(call, first);
    case FILE_RENAME:
        return rename(first, second);
    case FILE_SYMLINK:
        return symlink(first, second);
    case FILE_READLINK:
        return do_readlink(call, first);
    case FILE_CHDIR:
        return chdir(first);
    default:
        return act(call);
    }
}

/** Does what is asked for; see file_call() of the library. */
bool file_call(struct file_call *call)
{
    struct texts texts = take_texts(call);
    long result = -1;

    files_calls++;
    if (files_fail > 0 && --files_fail == 0) {
        if (call->request == FILE_CLOSE) {
            do_close(call); /* the descriptor is free in any case */
        }
        errno = EIO;
    } else {
        result = act_on_paths(call, &texts);
    }
    if (result < 0) {
        libc_errno = errno;
        return false;
    }
    call->words[0] = (uint64_t)result;
    return true;
}
