/**
 * @file
 * chmod: sets permissions.
 */
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"

#define PERMISSIONS 07777u

static const char usage[] =
    "usage: chmod MODE FILE...\n"
    "sets permissions: in octal digits (755), or changes, with commas between\n"
    "them: who (u g o a), + - =, and what (r w x), as in +x or u=rw,go-w\n";

static mode_t mask; /* what is not meant where nobody is named */

/** Reads one change. @param text moved behind it @return the mode that it makes of another one */
static mode_t change(const char **text, mode_t mode, bool is_folder)
{
    static const char people[] = "ugoa", actions[] = "rwxX";
    static const mode_t classes[] = {0700, 0070, 0007, 0777};
    static const mode_t rights[] = {0444, 0222, 0111, 0111};
    const char *found;
    mode_t who = 0, what = 0, cleared;
    char sign;

    for (; **text != '\0' && (found = strchr(people, **text)) != NULL; ++*text) {
        who |= classes[found - people];
    }
    cleared = who == 0 ? 0777 : who;
    who = who == 0 ? 0777 & ~mask : who;
    sign = **text;
    if (sign == '\0' || strchr("+-=", sign) == NULL) {
        utility_usage(usage);
    }
    for (++*text; **text != '\0' && (found = strchr(actions, **text)) != NULL; ++*text) {
        bool counts = **text != 'X' || is_folder || (mode & 0111) != 0;

        what |= counts ? rights[found - actions] : 0;
    }
    if (sign == '+') {
        return mode | (who & what);
    }
    return sign == '-' ? mode & ~(who & what) : (mode & ~cleared) | (who & what);
}

/** @return the permissions that a text makes of others; ends when it makes no sense */
static mode_t changed(const char *text, mode_t mode, bool is_folder)
{
    char *end;
    unsigned long digits = strtoul(text, &end, 8);

    if (end != text && *end == '\0' && digits <= PERMISSIONS && text[0] != '-' && text[0] != '+') {
        return (mode_t)digits;
    }
    while (true) {
        mode = change(&text, mode, is_folder);
        if (*text == '\0') {
            return mode;
        }
        if (*text != ',') {
            utility_usage(usage);
        }
        text++;
    }
}

/** @return 0; 1: permissions could not be set */
int main(int argc, char **argv)
{
    int first = 1, result = 0;

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        utility_option(argc, argv, "", usage); /* else a minus may begin a mode */
    }
    first += argc > 1 && strcmp(argv[1], "--") == 0;
    if (argc - first < 2) {
        utility_usage(usage);
    }
    mask = umask(0);
    umask(mask);
    changed(argv[first], 0, false); /* a wrong one changes nothing */
    for (int i = first + 1; i < argc; i++) {
        struct stat status;

        if (stat(argv[i], &status) != 0 ||
            chmod(argv[i], changed(argv[first], status.st_mode & PERMISSIONS,
                                   S_ISDIR(status.st_mode))) != 0) {
            warn("%s", argv[i]);
            result = STATUS_FAILED;
        }
    }
    return result;
}
