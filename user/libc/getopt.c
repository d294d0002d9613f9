/**
 * @file
 * Options of a command line (IEEE 1003.1, getopt, and Utility Syntax Guidelines 3 to 10).
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1;
int opterr = 1;
int optopt;

/** What is left of the word with options at optind; "" when none has been begun. */
static const char *letters = "";

/** Begins with the next word if it has options. "--" ends them, "-" is no option. */
static bool begin_word(int argc, char *const argv[])
{
    const char *word = optind < argc ? argv[optind] : NULL;

    if (word == NULL || word[0] != '-' || word[1] == '\0') {
        return false;
    }
    if (strcmp(word, "--") == 0) {
        optind++;
        return false;
    }
    letters = word + 1;
    return true;
}

/** Tells of a mistake, unless the program does that itself. @return what getopt() gives */
static int refuse(const char *program, const char *options, const char *text, int quiet)
{
    if (options[0] == ':') {
        return quiet;
    }
    if (opterr != 0) {
        fprintf(stderr, "%s: %s: -%c\n", program, text, optopt);
    }
    return '?';
}

/** Takes the rest of the word, or the next one, as the option's argument. */
static int take_argument(int argc, char *const argv[], const char *options)
{
    const char *rest = letters;

    letters = "";
    if (*rest != '\0') {
        optarg = (char *)rest;
        optind++;
        return optopt;
    }
    if (optind >= argc) {
        return refuse(argv[0], options, "option needs an argument", ':');
    }
    optarg = argv[optind++];
    return optopt;
}

/**
 * Reads the next option. Those without an argument may stand together behind one minus; an argument
 * stands directly behind its option or is the next word. The first word that is no option ends
 * them, and so does "--", which is skipped.
 *
 * @param argc     number of words
 * @param argv     the program's name and the words
 * @param options  the letters that there are, with a colon behind those that take an argument; with
 *                 a colon in front, nothing is said of mistakes
 * @return the option's letter, optarg its argument; -1: there are no more, optind is the first of
 *         the other words; '?': it is none of `options`, or lacks its argument, which gives ':' if
 *         `options` begins with a colon; optopt is the letter then
 */
int getopt(int argc, char *const argv[], const char *options)
{
    const char *option;

    optarg = NULL;
    if (optind == 0) { /* begin anew */
        optind = 1;
        letters = "";
    }
    if (*letters == '\0' && !begin_word(argc, argv)) {
        return -1;
    }
    optopt = (unsigned char)*letters++;
    optind += *letters == '\0' ? 1 : 0;
    option = optopt == ':' ? NULL : strchr(options, optopt);
    if (option == NULL) {
        return refuse(argv[0], options, "unknown option", '?');
    }
    return option[1] == ':' ? take_argument(argc, argv, options) : optopt;
}
