/**
 * @file
 * date: shows the date and the time of day.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common.h"

#define TEXT_MAX 1024

static const char usage[] =
    "usage: date [-u] [-d @SECONDS | -r FILE] [+FORMAT]\n"
    "shows date and time, in UTC; -d: of so many seconds after 1970-01-01 00:00; -r: when a file "
    "was\n"
    "written last. In the format: %Y %m %d %H %M %S, %s seconds, and the other conversions of C\n";

/** @return the time that -d names */
static time_t read_time(const char *text)
{
    char *end;
    long seconds = text[0] == '@' ? strtol(text + 1, &end, 10) : 0;

    if (text[0] != '@' || end == text + 1 || *end != '\0') {
        warnx("%s: not a time: @SECONDS", text);
        utility_usage(usage);
    }
    return (time_t)seconds;
}

/** @return when a file was written last */
static time_t file_time(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        err(STATUS_FAILED, "%s", path);
    }
    return status.st_mtime;
}

/** Puts seconds in the place of %s, which only POSIX has. @return text from malloc() */
static char *with_seconds(const char *format, time_t seconds)
{
    size_t size = strlen(format) * 12 + 1; /* each two bytes become at most 20 */
    char *text = malloc(size), *to = text;

    if (text == NULL) {
        err(STATUS_FAILED, NULL);
    }
    while (*format != '\0') {
        if (format[0] == '%' && format[1] == 's') {
            to += snprintf(to, 24, "%ld", (long)seconds);
            format += 2;
        } else {
            if (format[0] == '%' && format[1] != '\0') {
                *to++ = *format++;
            }
            *to++ = *format++;
        }
    }
    *to = '\0';
    return text;
}

/** @return 0; 1: there is no clock */
int main(int argc, char **argv)
{
    const char *format = "%a %b %e %H:%M:%S UTC %Y";
    time_t now = time(NULL);
    char text[TEXT_MAX];
    struct tm *date;
    int option;

    while ((option = utility_option(argc, argv, "d:r:u", usage)) != -1) {
        now = option == 'd' ? read_time(optarg) : option == 'r' ? file_time(optarg) : now;
    }
    if (optind < argc && argv[optind][0] == '+') {
        format = argv[optind++] + 1;
    }
    date = gmtime(&now);
    if (optind != argc) {
        utility_usage(usage);
    }
    if (now == (time_t)-1 || date == NULL) {
        err(STATUS_FAILED, "the time of day");
    }
    format = with_seconds(format, now);
    if (strftime(text, sizeof(text), format, date) == 0 && format[0] != '\0') {
        errx(STATUS_FAILED, "the date is too long");
    }
    puts(format[0] == '\0' ? "" : text);
    return utility_finish(0);
}
