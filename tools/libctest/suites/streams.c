/**
 * @file
 * Streams: the same is done with a file of the library and with one of the host, and at the end
 * both files are the same, too.
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

#define OURS "ours"
#define THEIRS "theirs"
#define PIECE 9000

static struct stream *ours;
static FILE *theirs;
static const char *mode;
static int buffering;
static char our_bytes[PIECE + 1], their_bytes[PIECE + 1];

/** What was done last: between reading and writing C wants a seek. */
static enum { SEEKING, READING, WRITING } last;

static void same(const char *what, int64_t got, int64_t expected)
{
    expect_equal((uint64_t)got, (uint64_t)expected, "%s, mode %s", what, mode);
}

static void same_bytes(const char *what, size_t size)
{
    EXPECT(memcmp(our_bytes, their_bytes, size) == 0, "%s: other bytes, mode %s", what, mode);
}

static size_t random_size(void)
{
    return random_chance(70) ? random_below(40) : random_below(PIECE);
}

static void seek(void)
{
    static const int whences[] = {SEEK_SET, SEEK_CUR, SEEK_END};
    int whence = whences[random_below(3)];

    whence = whence == SEEK_CUR && strcmp(mode, "a+") == 0 ? SEEK_END : whence;
    long offset =
        (long)random_below(whence == SEEK_SET ? 12000 : 60) - (whence == SEEK_SET ? 0 : 30);

    step_begin("fseek(%ld, %d)", offset, whence);
    same("fseek", libc_fseek(ours, offset, whence), fseek(theirs, offset, whence));
    last = SEEKING;
}

/** Seeks to where the file is, if the last thing was another one than what comes. */
static void turn_to(int what)
{
    if (last != SEEKING && (int)last != what) {
        step_begin("turn");
        same("fseek", libc_fseek(ours, 0, SEEK_CUR), fseek(theirs, 0, SEEK_CUR));
    }
    last = what == READING ? READING : WRITING;
}

static void read_block(void)
{
    size_t size = 1 + random_below(5), count = random_size() / size;

    turn_to(READING);
    step_begin("fread(%zu, %zu)", size, count);
    memset(our_bytes, 0, sizeof(our_bytes));
    memset(their_bytes, 0, sizeof(their_bytes));
    same("fread", (int64_t)libc_fread(our_bytes, size, count, ours),
         (int64_t)fread(their_bytes, size, count, theirs));
    same_bytes("fread", size * count);
}

static void read_character(void)
{
    int got;

    turn_to(READING);
    step_begin("fgetc");
    got = libc_fgetc(ours);
    same("fgetc", got, fgetc(theirs));
    if (got != EOF && random_chance(50)) {
        step_begin("ungetc('x'), fgetc");
        same("ungetc", libc_ungetc('x', ours), ungetc('x', theirs));
        same("feof", libc_feof(ours) != 0, feof(theirs) != 0);
        same("fgetc", libc_fgetc(ours), fgetc(theirs));
    }
}

static void read_text(void)
{
    int size = (int)random_size() + 1;
    const char *got, *expected;

    turn_to(READING);
    step_begin("fgets(%d)", size);
    got = libc_fgets(our_bytes, size, ours);
    expected = fgets(their_bytes, size, theirs);
    same("fgets", got != NULL, expected != NULL);
    EXPECT(got == NULL || strcmp(our_bytes, their_bytes) == 0, "fgets: other bytes, mode %s", mode);
}

static void read_line(void)
{
    static char *our_line, *their_line;
    static size_t our_size, their_size;
    ssize_t length;

    turn_to(READING);
    step_begin("getline");
    length = libc_getline(&our_line, &our_size, ours);
    same("getline", length, getline(&their_line, &their_size, theirs));
    EXPECT(length < 0 || strcmp(our_line, their_line) == 0, "getline: other bytes, mode %s", mode);
}

static void make_bytes(size_t size)
{
    for (size_t i = 0; i < size; i++) {
        our_bytes[i] = random_chance(10) ? '\n' : (char)('a' + random_below(26));
    }
    our_bytes[size] = '\0';
}

/** How long a file is now. */
static int64_t size_of(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 ? status.st_size : -1;
}

static void write_block(void)
{
    size_t size = random_size();

    turn_to(WRITING);
    make_bytes(size);
    step_begin("fwrite(%zu)", size);
    same("fwrite", (int64_t)libc_fwrite(our_bytes, 1, size, ours),
         (int64_t)fwrite(our_bytes, 1, size, theirs));
    if (buffering == _IONBF) {
        same("size of a file that is not buffered", size_of(OURS), size_of(THEIRS));
    }
}

static void write_text(void)
{
    int number = (int)random_next();

    turn_to(WRITING);
    make_bytes(random_below(600));
    step_begin("fprintf, fputs, fputc");
    same("fprintf", libc_fprintf(ours, "%s:%d\n", our_bytes, number),
         fprintf(theirs, "%s:%d\n", our_bytes, number));
    same("fputs", libc_fputs(our_bytes, ours) < 0, fputs(our_bytes, theirs) < 0);
    same("fputc", libc_fputc(200, ours), fputc(200, theirs));
}

static void flush(void)
{
    step_begin("fflush");
    if (last != READING) { /* of a stream that reads it means nothing in C */
        same("fflush", libc_fflush(ours), fflush(theirs));
    }
}

static void tell(void)
{
    step_begin("ftell");
    if (strcmp(mode, "a+") != 0) { /* where such a file begins, C leaves open */
        same("ftell", libc_ftell(ours), ftell(theirs));
    }
}

/** Opens both files. @return whether they could be opened */
static bool open_both(void)
{
    static const char *const modes[] = {"r", "w", "a", "r+", "w+", "a+", "r+b", "wx"};
    static char our_buffer[64], their_buffer[64];

    mode = modes[random_below(8)];
    step_begin("fopen(%s)", mode);
    ours = libc_fopen(OURS, mode);
    theirs = fopen(THEIRS, mode);
    same("fopen", ours != NULL, theirs != NULL);
    if (ours == NULL) {
        return false;
    }
    buffering = (int)random_below(4);
    if (buffering <= _IONBF) {
        size_t size = random_chance(50) ? 0 : sizeof(our_buffer);

        step_begin("setvbuf(%d, %zu)", buffering, size);
        same("setvbuf", libc_setvbuf(ours, size == 0 ? NULL : our_buffer, buffering, size),
             setvbuf(theirs, size == 0 ? NULL : their_buffer, buffering, size));
    }
    last = SEEKING;
    return true;
}

static void close_both(void)
{
    step_begin("fclose");
    same("fclose", libc_fclose(ours), fclose(theirs));
    same("descriptors that are open", files_open, 0);
}

/** Compares the files, byte by byte. */
static void compare_files(void)
{
    static char left[1 << 20], right[1 << 20];
    int our_file = open(OURS, O_RDONLY), their_file = open(THEIRS, O_RDONLY);
    ssize_t size = read(our_file, left, sizeof(left));

    same("size of the file", size, read(their_file, right, sizeof(right)));
    EXPECT(size <= 0 || memcmp(left, right, (size_t)size) == 0, "the files differ, mode %s", mode);
    close(our_file);
    close(their_file);
    if (size > 60000) {
        unlink(OURS);
        unlink(THEIRS);
    }
}

static void use_both(unsigned steps)
{
    static void (*const acts[])(void) = {seek,       read_block, read_character,
                                         read_text,  read_line,  write_block,
                                         write_text, flush,      tell};

    for (unsigned i = 0; i < steps; i++) {
        acts[random_below(sizeof(acts) / sizeof(acts[0]))]();
        same("feof", libc_feof(ours) != 0, feof(theirs) != 0);
        same("ferror", libc_ferror(ours) != 0, ferror(theirs) != 0);
        if (libc_ferror(ours)) { /* what a stream does with an error, C leaves open */
            libc_clearerr(ours);
            clearerr(theirs);
        }
    }
}

/** A write that fails is told by somebody, at the latest by fclose(). */
static void lose(void)
{
    bool told = false;
    struct stream *stream = libc_fopen(OURS, "w");

    make_bytes(PIECE);
    files_fail = 2 + (unsigned)random_below(2); /* after fstat(): its first or second write */
    step_begin("write %u fails", files_fail);
    told |= libc_fwrite(our_bytes, 1, 300, stream) != 300;
    told |= libc_fflush(stream) != 0;
    told |= libc_fwrite(our_bytes, 1, PIECE, stream) != PIECE;
    told |= libc_ferror(stream) != 0;
    told |= libc_fclose(stream) != 0;
    EXPECT(told && files_fail == 0, "nobody told that bytes were lost");
    same("descriptors that are open", files_open, 0);
    unlink(OURS);
    unlink(THEIRS);
}

/** Who closes a stream leaves the file where it has read to, not where the buffer has. */
static void give_back(void)
{
    int file, other;
    struct stream *stream;

    strcpy(our_bytes, "one line\nand another one\n");
    file = open("lines", O_RDWR | O_CREAT, 0600);
    EXPECT(write(file, our_bytes, 26) == 26, "cannot write");
    lseek(file, 0, SEEK_SET);
    other = dup(file);
    stream = libc_fdopen(other, "r");
    EXPECT(libc_fgets(our_bytes, 100, stream) != NULL, "cannot read");
    files_open++; /* fclose() closes what dup() has opened */
    libc_fclose(stream);
    expect_equal((uint64_t)lseek(file, 0, SEEK_CUR), 9, "where the file is");
    close(file);
}

/** Random use of random files. */
void streams_run(unsigned steps)
{
    heap_give_all();
    folder_enter();
    give_back();
    EXPECT(libc_fopen(OURS, "rw") == NULL && libc_errno == EINVAL, "a mode that is none");
    for (unsigned done = 0; done < steps; done += 20) {
        files_in_pieces = random_chance(30);
        if (open_both()) {
            use_both(20);
            close_both();
            compare_files();
        }
        if (random_chance(5)) {
            files_in_pieces = false;
            lose();
        }
    }
}
