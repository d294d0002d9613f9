/**
 * @file
 * Files, the current directory, the process itself (IEEE 1003.1, unistd.h). Functions of int give
 * 0, or what is said; all give -1 and set errno when they fail, to what servers/vfs/proto.h says.
 */
#pragma once

#include <stdnoreturn.h>

#include <sys/seek.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

#define F_OK 0 /**< access: it exists */
#define X_OK 1
#define W_OK 2
#define R_OK 4

/** The environment: texts NAME=value, then NULL. */
extern char **environ;

/** @return bytes; 0: the end */
ssize_t read(int descriptor, void *to, size_t size);
ssize_t write(int descriptor, const void *from, size_t size);
ssize_t pread(int descriptor, void *to, size_t size, off_t offset);
ssize_t pwrite(int descriptor, const void *from, size_t size, off_t offset);
/** @return the new offset */
off_t lseek(int descriptor, off_t offset, int whence);
int close(int descriptor);
/** @return the lowest free descriptor */
int dup(int descriptor);
/** @return to */
int dup2(int descriptor, int to);
/** @param ends [0] is to read, [1] to write */
int pipe(int ends[2]);
int fsync(int descriptor);
void sync(void);
/** Does what sync() does, and tells how it went: @return -1, EIO: not all could be written */
int syncfs(int descriptor);
int ftruncate(int descriptor, off_t size);
int truncate(const char *path, off_t size);
/** @return 1: it is a console; 0, errno ENOTTY or EBADF */
int isatty(int descriptor);

int access(const char *path, int mode);
int unlink(const char *path);
int rmdir(const char *path);
int link(const char *there, const char *name);
int symlink(const char *target, const char *name);
/** Writes no NUL. @return bytes */
ssize_t readlink(const char *restrict path, char *restrict to, size_t size);

int chdir(const char *path);
/** @param to NULL: memory to be freed @return the path; NULL: ERANGE when it does not fit */
char *getcwd(char *to, size_t size);

pid_t getpid(void);
pid_t getppid(void);
/** Ends at once: streams are not written. */
noreturn void _exit(int status);

/** @return 0 */
unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);

/* Options of a command line, as POSIX has them. */

extern char *optarg; /**< the option's argument */
extern int optind;   /**< where the next word stands; 1 before the first call */
extern int opterr;   /**< 0: say nothing of mistakes */
extern int optopt;   /**< the option that is wrong */

/** @return the next option; -1: there are no more; '?' or ':' for a mistake */
int getopt(int argc, char *const argv[], const char *options);
