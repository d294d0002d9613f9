/**
 * @file
 * The library under test, as the suites see it: its names have a prefix, its types are the host's
 * of the same size.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>
#include <sys/types.h>
#include <time.h>

/* user/lib/string.c */

void *libc_memcpy(void *to, const void *from, size_t size);
void *libc_memmove(void *to, const void *from, size_t size);
void *libc_memset(void *to, int byte, size_t size);
int libc_memcmp(const void *left, const void *right, size_t size);
size_t libc_strlen(const char *text);
int libc_strcmp(const char *left, const char *right);

/* string.h, strings.h */

void *libc_memchr(const void *memory, int byte, size_t size);
size_t libc_strnlen(const char *text, size_t size);
char *libc_strcpy(char *to, const char *from);
char *libc_stpcpy(char *to, const char *from);
char *libc_strcat(char *to, const char *from);
char *libc_strncpy(char *to, const char *from, size_t size);
char *libc_strncat(char *to, const char *from, size_t size);
size_t libc_strlcpy(char *to, const char *from, size_t size);
size_t libc_strlcat(char *to, const char *from, size_t size);
int libc_strncmp(const char *left, const char *right, size_t size);
int libc_strcoll(const char *left, const char *right);
char *libc_strchr(const char *text, int character);
char *libc_strrchr(const char *text, int character);
char *libc_strstr(const char *text, const char *part);
char *libc_strpbrk(const char *text, const char *set);
size_t libc_strspn(const char *text, const char *set);
size_t libc_strcspn(const char *text, const char *set);
char *libc_strtok(char *text, const char *separators);
char *libc_strtok_r(char *text, const char *separators, char **rest);
char *libc_strdup(const char *text);
char *libc_strndup(const char *text, size_t size);
char *libc_strerror(int number);
char *libc_strsignal(int number);
int libc_strcasecmp(const char *left, const char *right);
int libc_strncasecmp(const char *left, const char *right, size_t size);

/* errno.h, stdlib.h, libgen.h */

extern int libc_errno;

void *libc_malloc(size_t size);
void *libc_calloc(size_t count, size_t size);
void *libc_realloc(void *memory, size_t size);
void *libc_reallocarray(void *memory, size_t count, size_t size);
void libc_free(void *memory);
void libc_heap_use(void *start, size_t size);
long libc_strtol(const char *text, char **end, int base);
long long libc_strtoll(const char *text, char **end, int base);
unsigned long libc_strtoul(const char *text, char **end, int base);
unsigned long long libc_strtoull(const char *text, char **end, int base);
int libc_atoi(const char *text);
long libc_atol(const char *text);
void libc_qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));
void *libc_bsearch(const void *key, const void *items, size_t count, size_t size,
                   int (*compare)(const void *, const void *));
char *libc_getenv(const char *name);
int libc_setenv(const char *name, const char *value, int overwrite);
int libc_unsetenv(const char *name);
int libc_atexit(void (*function)(void));
noreturn void libc_exit(int status);
extern char **libc_environ;
char *libc_basename(char *path);
char *libc_dirname(char *path);

/* time.h */

struct tm *libc_gmtime_r(const time_t *time, struct tm *date);
time_t libc_timegm(struct tm *date);
size_t libc_strftime(char *to, size_t size, const char *format, const struct tm *date);
time_t libc_time(time_t *now);

/* stdio.h */

int libc_snprintf(char *to, size_t size, const char *format, ...);
int libc_vsnprintf(char *to, size_t size, const char *format, va_list values);
int libc_asprintf(char **to, const char *format, ...);

struct stream;
extern struct stream *libc_stdin, *libc_stdout, *libc_stderr;

struct stream *libc_fopen(const char *path, const char *mode);
struct stream *libc_fdopen(int descriptor, const char *mode);
int libc_fclose(struct stream *stream);
int libc_fflush(struct stream *stream);
int libc_setvbuf(struct stream *stream, char *buffer, int mode, size_t size);
size_t libc_fread(void *to, size_t size, size_t count, struct stream *stream);
size_t libc_fwrite(const void *from, size_t size, size_t count, struct stream *stream);
int libc_fgetc(struct stream *stream);
int libc_ungetc(int character, struct stream *stream);
char *libc_fgets(char *to, int size, struct stream *stream);
ssize_t libc_getline(char **line, size_t *size, struct stream *stream);
int libc_fputc(int character, struct stream *stream);
int libc_fputs(const char *text, struct stream *stream);
int libc_fprintf(struct stream *stream, const char *format, ...);
int libc_printf(const char *format, ...);
int libc_feof(struct stream *stream);
int libc_ferror(struct stream *stream);
void libc_clearerr(struct stream *stream);
int libc_fseek(struct stream *stream, long offset, int whence);
long libc_ftell(struct stream *stream);
void libc_perror(const char *text);

/* unistd.h, fcntl.h, sys/stat.h, dirent.h, spawn.h, sys/wait.h */

extern char *libc_optarg;
extern int libc_optind, libc_opterr, libc_optopt;
int libc_getopt(int argc, char *const argv[], const char *options);

int libc_open(const char *path, int flags, ...);
int libc_close(int descriptor);
ssize_t libc_read(int descriptor, void *to, size_t size);
ssize_t libc_write(int descriptor, const void *from, size_t size);
ssize_t libc_pread(int descriptor, void *to, size_t size, off_t offset);
ssize_t libc_pwrite(int descriptor, const void *from, size_t size, off_t offset);
off_t libc_lseek(int descriptor, off_t offset, int whence);
int libc_pipe(int ends[2]);
int libc_rename(const char *from, const char *to);
int libc_symlink(const char *target, const char *name);
ssize_t libc_readlink(const char *path, char *to, size_t size);
char *libc_getcwd(char *to, size_t size);
int libc_chdir(const char *path);
int libc_access(const char *path, int mode);

struct directory;
struct libc_dirent {
    uint64_t inode;
    unsigned char kind;
    char name[256];
};
struct directory *libc_opendir(const char *path);
struct libc_dirent *libc_readdir(struct directory *directory);
void libc_rewinddir(struct directory *directory);
int libc_closedir(struct directory *directory);

struct spawn_file {
    int from, to;
};
int libc_spawn(const char *path, char *const argv[], char *const envp[],
               const struct spawn_file *files, unsigned count);
int libc_waitpid(int process, int *status, int options);
int libc_kill(int process, int signal);

/* arguments.h */

struct argument_lists {
    const char *const *prefix;
    size_t prefix_count;
    char *const *argv, *const *envp;
};
size_t libc_arguments_size(const struct argument_lists *lists, size_t most);
void libc_arguments_write(void *block, const struct argument_lists *lists);
int libc_arguments_read(void *memory, size_t most, char ***argv, char ***envp);
