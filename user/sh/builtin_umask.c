/**
 * @file
 * The built-in command umask: the permissions that new files do not get. Programs that the shell
 * starts inherit them, so it has to be the shell that sets them.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin.h"

#define BITS 0777u /* permissions that can be kept from new files */

/** Writes a class of people and what the mask leaves to them. @param rights three bits */
static void add_class(struct text *text, const char *who, unsigned rights)
{
    text_add_string(text, who);
    text_add_string(text, rights & 4 ? "r" : "");
    text_add_string(text, rights & 2 ? "w" : "");
    text_add_string(text, rights & 1 ? "x" : "");
}

/** Prints the mask, in octal digits or as what it leaves. */
static int print_mask(struct shell *shell, mode_t mask, bool in_letters)
{
    const char digits[] = {'0', (char)('0' + (mask >> 6 & 7)), (char)('0' + (mask >> 3 & 7)),
                           (char)('0' + (mask & 7)), '\0'};
    struct text text = {0};
    int status;

    if (in_letters) {
        add_class(&text, "u=", ~mask >> 6 & 7);
        add_class(&text, ",g=", ~mask >> 3 & 7);
        add_class(&text, ",o=", ~mask & 7);
    } else {
        text_add_string(&text, digits);
    }
    text_add_byte(&text, '\n');
    status = files_write(shell, STDOUT_FILENO, &text);
    text_free(&text);
    return status;
}

/** Prints or sets the mask. */
int builtin_umask(struct shell *shell, size_t count, char **words)
{
    bool in_letters = count > 1 && strcmp(words[1], "-S") == 0;
    unsigned long mask;
    char *end;

    if (count == 1 || (in_letters && count == 2)) {
        mode_t old = umask(0);

        umask(old);
        return print_mask(shell, old, in_letters);
    }
    mask = strtoul(words[1], &end, 8);
    if (count > 2 || words[1][0] < '0' || words[1][0] > '7' || *end != '\0' || mask > BITS) {
        return builtin_usage(shell, words[0]);
    }
    umask((mode_t)mask);
    return 0;
}
