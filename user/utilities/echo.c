/**
 * @file
 * echo: writes its words.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

/** What an escape stands for. */
static const char letters[] = "abefnrtv\\";
static const char bytes[] = "\a\b\033\f\n\r\t\v\\";

/** Writes a word whose escapes count. @return false: \c has ended all output */
static bool put_escaped(const char *word)
{
    for (; *word != '\0'; word++) {
        const char *letter = word[0] == '\\' && word[1] != '\0' ? strchr(letters, word[1]) : NULL;

        if (word[0] == '\\' && word[1] == 'c') {
            return false;
        }
        if (letter != NULL) {
            putchar(bytes[letter - letters]);
            word++;
        } else {
            putchar(*word);
        }
    }
    return true;
}

/** @return whether a word is options: -n, no newline at the end; -e, escapes count; -E, they do
 * not */
static bool take_options(const char *word, bool *has_end, bool *escapes)
{
    if (word[0] != '-' || word[1] == '\0' || word[1 + strspn(word + 1, "neE")] != '\0') {
        return false;
    }
    for (word++; *word != '\0'; word++) {
        *has_end = *has_end && *word != 'n';
        *escapes = *word == 'n' ? *escapes : *word == 'e';
    }
    return true;
}

/** Writes its words: what is no option is written, whatever it is. @return 0; 1: it could not */
int main(int argc, char **argv)
{
    bool has_end = true, escapes = false;
    int first = 1;

    while (first < argc && take_options(argv[first], &has_end, &escapes)) {
        first++;
    }
    for (int i = first; i < argc; i++) {
        if (i > first) {
            putchar(' ');
        }
        if (!escapes) {
            fputs(argv[i], stdout);
        } else if (!put_escaped(argv[i])) {
            return utility_finish(0);
        }
    }
    if (has_end) {
        putchar('\n');
    }
    return utility_finish(0);
}
