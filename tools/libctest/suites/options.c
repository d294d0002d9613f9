/**
 * @file
 * getopt, compared with the host's.
 */
#include <string.h>
#include <unistd.h>

#include "libc.h"
#include "suites.h"

#define WORDS 8
#define WORD_SIZE 7

static char words[WORDS][WORD_SIZE];
static char *argv[WORDS + 1];
static int argc;

static void make_words(void)
{
    static const char *const some[] = {"-", "--", "-a", "-b", "-c", "x", ""};

    argc = 1 + (int)random_below(WORDS - 1);
    for (int i = 0; i < argc; i++) {
        if (i == 0) {
            strcpy(words[i], "me");
        } else if (random_chance(30)) {
            strcpy(words[i], some[random_below(7)]);
        } else {
            words[i][0] = random_chance(80) ? '-' : 'y';
            random_text(words[i] + 1, WORD_SIZE - 1, "abcd:-?");
        }
        argv[i] = words[i];
    }
    argv[argc] = NULL;
}

/** Whether two arguments are the same place of the same word, or none. */
static void compare(int got, int expected)
{
    step_begin("option %d, expected %d", got, expected);
    expect_equal((uint64_t)got, (uint64_t)expected, "what getopt() gives");
    expect_equal((uint64_t)libc_optind, (uint64_t)optind, "optind");
    if (got == '?' || got == ':') {
        expect_equal((uint64_t)libc_optopt, (uint64_t)optopt, "optopt");
    } else if (got != -1) {
        EXPECT(libc_optarg == optarg, "optarg is \"%s\"", libc_optarg == NULL ? "" : libc_optarg);
    }
}

/** Random words. The host is told to stop at the first word that is no option, as POSIX wants
 * it. */
void options_run(unsigned steps)
{
    libc_opterr = opterr = 0;
    for (unsigned i = 0; i < steps; i++) {
        bool quiet = random_chance(50);
        int got, expected;

        make_words();
        step_begin("%d words: %s %s %s", argc, words[0], argc > 1 ? words[1] : "",
                   argc > 2 ? words[2] : "");
        libc_optind = optind = 0;
        do {
            got = libc_getopt(argc, argv, quiet ? ":ab:c" : "ab:c");
            expected = getopt(argc, argv, quiet ? "+:ab:c" : "+ab:c");
            compare(got, expected);
        } while (expected != -1);
    }
}
