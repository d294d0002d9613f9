/**
 * @file
 * Streams and formatted text (ISO C11 7.21; fileno, fdopen, getline: IEEE 1003.1). What fails sets
 * errno.
 *
 * stdout is written at each newline when it is the console, stderr at once, any other stream when
 * its buffer is full. exit() writes what is left.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include <sys/seek.h>
#include <sys/types.h>

/** A stream. */
typedef struct stream FILE;

extern FILE *stdin, *stdout, *stderr;

#define EOF (-1)
#define BUFSIZ 4032 /**< bytes of a stream's buffer: what one message to the VFS server takes */
#define FILENAME_MAX 1025 /**< as PATH_MAX */
#define FOPEN_MAX 32      /**< as OPEN_MAX */

#define _IOFBF 0 /**< setvbuf: write when the buffer is full */
#define _IOLBF 1 /**< and at each newline */
#define _IONBF 2 /**< at once */

/** Opens a file. @param mode "r", "w", "a", with "+", "b", "x" as C has them @return NULL */
FILE *fopen(const char *restrict path, const char *restrict mode);
/** Makes a stream of an open file. @return NULL */
FILE *fdopen(int descriptor, const char *mode);
/** Writes what is left, closes, frees. @return 0, EOF: something could not be written */
int fclose(FILE *stream);
/** Writes what is left; NULL: of all streams. @return 0 or EOF */
int fflush(FILE *stream);
int fileno(FILE *stream);
/** Sets how a stream is buffered, before it is used. @param buffer NULL: its own */
int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size);
void setbuf(FILE *restrict stream, char *restrict buffer);

/** @return how many items were read or written whole */
size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict stream);
size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict stream);

/** @return the character, EOF at the end or for an error */
int fgetc(FILE *stream);
int getc(FILE *stream);
int getchar(void);
/** Puts a character back: one is always possible. @return it, or EOF */
int ungetc(int character, FILE *stream);
/** Reads up to a newline, which is kept. @return to; NULL: nothing was read */
char *fgets(char *restrict to, int size, FILE *restrict stream);
/** Reads a line of any length, its newline too. @param line NULL or from malloc(); grows
 * @return its length; -1: the end, or an error */
ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream);
ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict stream);

int fputc(int character, FILE *stream);
int putc(int character, FILE *stream);
int putchar(int character);
int fputs(const char *restrict text, FILE *restrict stream);
int puts(const char *text);

int feof(FILE *stream);
int ferror(FILE *stream);
void clearerr(FILE *stream);

int fseek(FILE *stream, long offset, int whence);
int fseeko(FILE *stream, off_t offset, int whence);
long ftell(FILE *stream);
off_t ftello(FILE *stream);
void rewind(FILE *stream);

/* Formatted text: flags - + blank # 0, width and precision also as *, lengths hh h l ll j z t,
 * conversions d i u o x X c s p %. Another one (there is no floating point, and no %n) is written
 * as it stands with all that follows; the result is -1 then, errno EINVAL. The result is else the
 * length of the whole text, also where it did not fit. */

int printf(const char *restrict format, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *restrict stream, const char *restrict format, ...)
    __attribute__((format(printf, 2, 3)));
int dprintf(int descriptor, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *restrict to, size_t size, const char *restrict format, ...)
    __attribute__((format(printf, 3, 4)));
/** Makes a text of the right size, to be freed. @param to set; NULL after -1 */
int asprintf(char **restrict to, const char *restrict format, ...)
    __attribute__((format(printf, 2, 3)));
int vprintf(const char *restrict format, va_list values) __attribute__((format(printf, 1, 0)));
int vfprintf(FILE *restrict stream, const char *restrict format, va_list values)
    __attribute__((format(printf, 2, 0)));
int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list values)
    __attribute__((format(printf, 3, 0)));
int vasprintf(char **restrict to, const char *restrict format, va_list values)
    __attribute__((format(printf, 2, 0)));

/** Writes `text: ` and what errno means to stderr. @param text NULL or "": only the meaning */
void perror(const char *text);

/** Removes a file or an empty directory. */
int remove(const char *path);
int rename(const char *from, const char *to);
