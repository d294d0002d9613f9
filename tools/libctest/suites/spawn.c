/**
 * @file
 * Starting programs: what is asked of the root task and the VFS server, in which order; and that a
 * step that fails leaves nothing behind.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "abi/elf.h"
#include "host/files.h"
#include "host/root.h"
#include "init/session_proto.h"
#include "libc.h"
#include "suites.h"

#define IMAGE ((char *)(INIT_HEAP_START - INIT_IMAGE_PAGES * 4096ul))

static char program[9000]; /* a file that looks like a program, over three pages */

static void write_file(const char *path, const void *bytes, size_t size, unsigned mode)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    EXPECT(write(file, bytes, size) == (ssize_t)size && fchmod(file, mode) == 0, "cannot write %s",
           path);
    close(file);
}

static void make_files(void)
{
    struct elf_header header = {.type = ELF_TYPE_EXECUTABLE,
                                .machine = ELF_MACHINE_X86_64,
                                .segments_offset = sizeof(header),
                                .segment_size = sizeof(struct elf_segment),
                                .segment_count = 1};

    memcpy(header.ident, ELF_MAGIC, sizeof(ELF_MAGIC) - 1);
    for (size_t i = 0; i < sizeof(program); i++) {
        program[i] = (char)random_next();
    }
    memcpy(program, &header, sizeof(header));
    write_file("program", program, sizeof(program), 0755);
    write_file("a_program_with_a_long_name", program, sizeof(program), 0755);
    write_file("not_executable", program, sizeof(program), 0644);
    write_file("text",
               "hello, this is not a program, but it is long enough to be looked at as one.\n", 77,
               0755);
    write_file("script", "#! ./program  -x y \t\nmore\n", 26, 0755);
    write_file("script_of_script", "#!./script\n", 11, 0755);
    write_file("script_of_nothing", "#!  \n", 5, 0755);
    write_file("script_without", "#!./nobody", 10, 0755);
    write_file("large", program, 100, 0755);
    EXPECT(truncate("large", (INIT_IMAGE_PAGES - 1) * 4096l) == 0, "cannot write");
}

static char *const environment[] = {"A=1", "B=", NULL};

static int start(const char *path, const struct spawn_file *files, unsigned count)
{
    char *const argv[] = {"name", "one", "", NULL};

    root = (struct root){.fail = root.fail};
    libc_errno = 0;
    return libc_spawn(path, argv, environment, files, count);
}

/** Compares the arguments that are in the image with words, which end with NULL. */
static void compare_arguments(const char *const *words)
{
    char **argv, **envp;
    size_t place = (root.file_size + 4095) / 4096 * 4096;
    int argc = libc_arguments_read(IMAGE + place, root.arguments, &argv, &envp);

    EXPECT(argc > 0, "the image has no arguments");
    for (; *words != NULL; words++, argv++) {
        EXPECT(*argv != NULL && strcmp(*argv, *words) == 0, "\"%s\" became \"%s\"", *words,
               *argv == NULL ? "nothing" : *argv);
    }
    EXPECT(*argv == NULL, "one more: \"%s\"", *argv);
    EXPECT(strcmp(envp[0], "A=1") == 0 && strcmp(envp[1], "B=") == 0 && envp[2] == NULL,
           "the environment");
}

static void starts(void)
{
    static const struct spawn_file files[] = {{0, 0}, {2, 1}};
    static const char *const plain[] = {"name", "one", "", NULL};
    static const char *const script[] = {"./program", "-x y", "script", "one", "", NULL};

    expect_equal((uint64_t)start("program", files, 2), ROOT_PROCESS, "process");
    EXPECT(strcmp(root.name, "program") == 0 && root.file_size == sizeof(program),
           "\"%s\", %lu bytes", root.name, root.file_size);
    EXPECT(memcmp(IMAGE, program, sizeof(program)) == 0, "the image is not the file");
    compare_arguments(plain);
    EXPECT(root.run == 1 && root.ended == 0 && files_begun == ROOT_PROCESS, "it does not run");
    EXPECT(files_passed_count == 2 && files_passed[0] == 0 && files_passed[1] == (2u << 16 | 1),
           "other files");
    expect_equal((uint64_t)start("script", NULL, 0), ROOT_PROCESS, "process");
    compare_arguments(script);
    EXPECT(start("a_program_with_a_long_name", NULL, 0) > 0 &&
               strcmp(root.name, "a_program_with_") == 0,
           "its name is \"%s\"", root.name);
}

static void refusals(void)
{
    static const struct {
        const char *path;
        int error;
    } wrong[] = {{"nobody", ENOENT}, {"not_executable", EACCES},    {".", EACCES},
                 {"text", ENOEXEC},  {"script_of_script", ENOEXEC}, {"script_of_nothing", ENOEXEC},
                 {"large", EFBIG},   {"script_without", ENOENT},    {"", ENOENT}};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        step_begin("spawn(%s)", wrong[i].path);
        expect_equal((uint64_t)start(wrong[i].path, NULL, 0), (uint64_t)-1, "what it gives");
        expect_equal((uint64_t)libc_errno, (uint64_t)wrong[i].error, "errno");
        EXPECT(root.created == 0 && root.images == 0, "something is left");
    }
}

static void too_much(void)
{
    static char word[20000];
    char *const argv[] = {"program", word, word, NULL};

    memset(word, 'x', sizeof(word) - 1);
    root = (struct root){0};
    step_begin("spawn with 40 KB of arguments");
    EXPECT(libc_spawn("program", argv, environment, NULL, 0) == -1 && libc_errno == E2BIG, "E2BIG");
    EXPECT(root.created == 0 && root.images == 0, "something is left");
}

/** Lets one request fail, of the root task or of the server. */
static void fail_once(void)
{
    static const struct spawn_file files[] = {{0, 0}, {1, 1}, {2, 2}};
    unsigned at = 1 + (unsigned)random_below(14);
    bool of_root = random_chance(30);
    int process;

    root.fail = of_root ? 1 + at % 3 : 0; /* image, create, run */
    files_fail = of_root ? 0 : at;
    step_begin("request %u of %s fails", of_root ? root.fail : at, of_root ? "root" : "files");
    process = start(random_chance(50) ? "program" : "script", files, 3);
    if (process > 0) {
        EXPECT(root.run == 1 && root.ended == 0 && files_passed_count == 3,
               "it does not run whole");
    } else {
        EXPECT(root.run == 0 && root.ended == root.created && root.waited == root.created,
               "a process is left");
        EXPECT(root.images == 0 && libc_errno != 0, "the image is left, or nobody says why");
    }
    root.fail = files_fail = 0;
}

static void ends(void)
{
    int status = 0;

    root = (struct root){.wait_answer = 3};
    EXPECT(libc_waitpid(42, &status, 0) == 42 && WIFEXITED(status) && WEXITSTATUS(status) == 3,
           "status 3 is %#x", status);
    root.wait_answer = (uint64_t)-1;
    libc_waitpid(42, &status, 0);
    EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == 11, "a fault is %#x", status);
    EXPECT(libc_kill(ROOT_PROCESS, 15) == 0, "kill");
    root.wait_answer = root.end_status;
    libc_waitpid(42, &status, 0);
    EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == 15, "SIGTERM is %#x", status);
    EXPECT(libc_kill(0, 15) == -1 && libc_kill(5, 99) == -1 && libc_waitpid(-1, NULL, 9) == -1,
           "what cannot be");
}

/** Each case once, and random failures. */
void spawn_run(unsigned steps)
{
    folder_enter();
    make_files();
    libc_environ = NULL;
    starts();
    refusals();
    too_much();
    ends();
    for (unsigned i = 0; i < steps; i++) {
        fail_once();
        expect_equal((uint64_t)files_open, 0, "descriptors that are open");
    }
}
