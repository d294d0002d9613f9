/**
 * @file
 * Files: what unistd.h, sys/stat.h and dirent.h make of their arguments and of the server's
 * answers.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/files.h"
#include "libc.h"
#include "suites.h"

#define FILE_SIZE 30000

static char content[FILE_SIZE], got[FILE_SIZE + 100];

/** Reads and writes of any size, at any place, also larger than a message. */
static void read_and_write(void)
{
    size_t size = random_below(FILE_SIZE), offset = random_below(FILE_SIZE - size + 1);
    int file = libc_open("file", O_RDWR | O_CREAT, 0644);
    ssize_t written, read;

    for (size_t i = 0; i < size; i++) {
        content[offset + i] = (char)random_next();
    }
    step_begin("%zu bytes at %zu", size, offset);
    if (random_chance(50)) {
        written = libc_pwrite(file, content + offset, size, (off_t)offset);
    } else {
        expect_equal((uint64_t)libc_lseek(file, (off_t)offset, SEEK_SET), offset, "lseek");
        written = libc_write(file, content + offset, size);
    }
    expect_equal((uint64_t)written, size, "bytes written");
    memset(got, 0, sizeof(got));
    read = libc_pread(file, got, sizeof(got), 0);
    EXPECT(read >= (ssize_t)(offset + size) && memcmp(got, content, (size_t)read) == 0,
           "%zd bytes come back", read);
    expect_equal((uint64_t)libc_close(file), 0, "close");
}

/** A pipe gives what it has, and does not wait for more; writing goes on until all is written. */
static void use_pipe(void)
{
    size_t size = 1 + random_below(20000);
    int ends[2];

    step_begin("%zu bytes through a pipe", size);
    expect_equal((uint64_t)libc_pipe(ends), 0, "pipe");
    files_in_pieces = random_chance(50);
    expect_equal((uint64_t)libc_write(ends[1], content, size), size, "bytes written");
    files_in_pieces = false;
    for (size_t done = 0; done < size;) {
        ssize_t bytes = libc_read(ends[0], got, sizeof(got));

        EXPECT(bytes > 0 && memcmp(got, content + done, (size_t)bytes) == 0, "%zd bytes", bytes);
        done += (size_t)bytes;
    }
    libc_close(ends[0]);
    libc_close(ends[1]);
}

/** What has been written before an error is told, and the error when nothing has been. */
static void fail_some(void)
{
    int file = libc_open("file", O_RDWR);

    files_fail = 2;
    expect_equal((uint64_t)libc_write(file, content, FILE_SIZE), 4032, "bytes before an error");
    files_fail = 1;
    expect_equal((uint64_t)libc_write(file, content, FILE_SIZE), (uint64_t)-1, "an error at once");
    expect_equal((uint64_t)libc_errno, EIO, "errno");
    files_fail = 3; /* read, fstat, read */
    expect_equal((uint64_t)libc_pread(file, got, FILE_SIZE, 0), 4032, "bytes before an error");
    expect_equal((uint64_t)libc_pread(file, got, 10, -1), (uint64_t)-1, "pread below 0");
    expect_equal((uint64_t)libc_errno, EINVAL, "errno");
    libc_close(file);
}

static int by_name(const void *left, const void *right)
{
    return strcmp(left, right);
}

/** A directory with many names: all of them come, once. */
static void list(void)
{
    static char names[400][256];
    struct directory *directory;
    const struct libc_dirent *entry;
    size_t count = 0, expected = 2;

    mkdir("many", 0755);
    for (unsigned i = 0; i < 300; i++, expected++) {
        char path[300];

        snprintf(path, sizeof(path), "many/%0*u", 3 + (int)(i % 200), i);
        close(open(path, O_CREAT | O_WRONLY, 0644));
    }
    directory = libc_opendir("many");
    libc_readdir(directory);
    libc_rewinddir(directory);
    libc_errno = 0;
    while ((entry = libc_readdir(directory)) != NULL) {
        EXPECT(count < 400, "there is no end");
        strcpy(names[count++], entry->name);
        EXPECT(entry->kind == (entry->name[0] == '.' ? 4 : 8), "kind of %s", entry->name);
    }
    expect_equal((uint64_t)libc_errno, 0, "errno at the end");
    expect_equal(count, expected, "names");
    qsort(names, count, sizeof(names[0]), by_name);
    for (size_t i = 1; i < count; i++) {
        EXPECT(strcmp(names[i - 1], names[i]) != 0, "%s came twice", names[i]);
    }
    libc_closedir(directory);
    EXPECT(libc_opendir("file") == NULL && libc_errno == ENOTDIR, "a file is no directory");
}

static void paths(void)
{
    char longest[1100], target[100], small[4];
    char *cwd;

    memset(longest, 'a', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    EXPECT(libc_open(longest, O_RDONLY) == -1 && libc_errno == ENAMETOOLONG, "a path too long");
    EXPECT(libc_rename("file", longest) == -1 && libc_errno == ENAMETOOLONG, "likewise, second");
    EXPECT(libc_open("file", 0x40000000) == -1 && libc_errno == EINVAL, "a flag that is none");
    EXPECT(libc_open("none", O_RDONLY) == -1 && libc_errno == ENOENT, "a file that is not there");
    EXPECT(libc_rename("file", "renamed") == 0 && access("renamed", F_OK) == 0, "rename");
    EXPECT(libc_rename("renamed", "file") == 0, "rename back");
    EXPECT(libc_symlink("file/or/not", "link") == 0, "symlink");
    EXPECT(libc_readlink("link", target, sizeof(target)) == 11 &&
               memcmp(target, "file/or/not", 11) == 0,
           "readlink");
    EXPECT(libc_readlink("link", target, 4) == 4, "readlink cuts off");
    EXPECT(libc_access("file", R_OK | W_OK) == 0, "access");
    EXPECT(libc_access("file", X_OK) == -1 && libc_errno == EACCES, "access to execute");
    EXPECT(libc_getcwd(small, sizeof(small)) == NULL && libc_errno == ERANGE, "getcwd, no room");
    cwd = libc_getcwd(NULL, 0);
    EXPECT(cwd != NULL && access(cwd, F_OK) == 0 && *cwd == '/', "getcwd");
    libc_free(cwd);
}

/** Random sizes; and each of the other things once. */
void files_run(unsigned steps)
{
    heap_give_all();
    folder_enter();
    for (unsigned i = 0; i < steps; i++) {
        read_and_write();
        use_pipe();
    }
    fail_some();
    list();
    paths();
    expect_equal((uint64_t)files_open, 0, "descriptors that are open");
}
