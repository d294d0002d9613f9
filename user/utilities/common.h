/**
 * @file
 * What the utilities share: options, inputs, numbers, copying, and the end of a program whose
 * output could not be written.
 *
 * Exit statuses: 0, all went well; 1, something did not, which was told; 2, the options make no
 * sense, and the usage text was printed. (grep and cmp use them as POSIX says.) STATUS_PIPE: nobody
 * reads the output any more, which is nobody's mistake; where there are signals, SIGPIPE does that.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdnoreturn.h>

#include <sys/types.h>

#define STATUS_FAILED 1
#define STATUS_USAGE 2
#define STATUS_PIPE 141

#define COPY_SIZE 16384u /**< bytes that are read and written at once */

/* Options. */

int utility_option(int argc, char *const argv[], const char *letters, const char *usage);
noreturn void utility_usage(const char *usage);
int utility_no_options(int argc, char *const argv[], const char *usage);
unsigned long utility_number(const char *text, const char *usage);
unsigned long utility_size(const char *text, const char *usage);

/* Files. */

/** Something that is done with an open file. @return 0, or a status after an error that was told */
typedef int (*utility_input)(int descriptor, const char *name);

int utility_inputs(int count, char *const names[], utility_input handle);
bool utility_write(int descriptor, const void *from, size_t size);
int utility_copy(int from, const char *from_name, int to, const char *to_name);
int utility_finish(int status);
bool utility_can_write(void);

/* Paths. */

const char *utility_base(const char *path);
char *utility_join(const char *folder, const char *name);
bool utility_is_folder(const char *path);
bool utility_is_dots(const char *name);

/** Something that gives a file another place or name. @return 0, or a status after an error that
 * was told */
typedef int (*utility_transfer)(const char *from, const char *to);

int utility_transfers(int count, char *const files[], const char *target, utility_transfer handle);

/** Names, from malloc(); `items` ends with NULL. */
struct utility_names {
    char **items;
    size_t count;
};

int utility_read_folder(const char *path, struct utility_names *names);
void utility_free_names(struct utility_names *names);

/* Programs. */

int utility_run(char *const words[]);
