/**
 * @file
 * The console driver without its devices, as a program of the host: does what the lines of a file
 * say, and prints what comes of it. Bytes are written as hexadecimal digits, "-" for none.
 *
 *     type BYTES                       somebody types on the serial line
 *     codes BYTES                      the keyboard sends codes
 *     ask REQUEST HANDLE A B BYTES     a request waits in the VFS server; tags count from 1 on
 *     serve                            the driver serves requests
 *     send N                           the serial line takes up to N bytes
 *     screen                           the screen is looked at
 *
 *     answer TAG ERROR RESULT BYTES    the driver has answered
 *     interrupt                        Ctrl-C has been told
 *     full                             a byte was not typed, as there is no room for it
 *     sent BYTES
 *     screen ROW COLUMN HIDDEN CELLS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console/input.h"
#include "console/keymap.h"
#include "console/output.h"
#include "console/requests.h"
#include "console/screen.h"
#include "manager.h"

#define LINE_SIZE 20000u
#define ASKED_MAX 256u

static struct manager_call asked[ASKED_MAX]; /* requests that wait in the VFS server */
static unsigned asked_count;
static uint64_t last_tag;
static struct keymap keymap;

static void print_bytes(const void *bytes, size_t size)
{
    const uint8_t *from = bytes;

    if (size == 0) {
        fputs("-", stdout);
    }
    for (size_t i = 0; i < size; i++) {
        printf("%02x", from[i]);
    }
}

/** Reads hexadecimal digits. @return how many bytes */
static size_t read_bytes(const char *text, uint8_t *bytes)
{
    size_t count = 0;
    unsigned byte;

    while (sscanf(text, "%2x", &byte) == 1) {
        bytes[count++] = (uint8_t)byte;
        text += 2;
    }
    return count;
}

int manager_attach(struct manager *manager, slot files, const char *path, slot signals)
{
    (void)path, (void)signals;
    *manager = (struct manager){files, 1};
    return 0;
}

/** The VFS server: prints the answer, and gives the request that came first. */
int manager_next(const struct manager *manager, const struct manager_answer *answer,
                 struct manager_call *call)
{
    (void)manager;
    if (answer->tag != 0) {
        printf("answer %lu %d %lu ", answer->tag, answer->error, answer->result);
        print_bytes(answer->bytes, answer->size);
        puts("");
    }
    call->tag = 0;
    if (asked_count > 0) {
        *call = asked[0];
        asked_count--;
        memmove(&asked[0], &asked[1], asked_count * sizeof(asked[0]));
    }
    return 0;
}

static void on_interrupt(bool ends_all)
{
    puts(ends_all ? "end all" : "interrupt");
    requests_interrupt();
}

static void type(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char byte = (char)bytes[i];

        if (input_room() == 0) {
            puts("full");
        } else {
            input_put(&byte, 1);
        }
    }
}

static void press(const uint8_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char bytes[KEYMAP_BYTES_MAX];
        size_t length = keymap_take(&keymap, codes[i], bytes);

        if (length > 0) {
            input_put(bytes, length);
        }
    }
}

static void ask(const char *words)
{
    struct manager_call *call = &asked[asked_count];
    char text[LINE_SIZE] = "";
    unsigned request;

    if (asked_count == ASKED_MAX || sscanf(words, "%u %lu %lu %lu %19999s", &request, &call->handle,
                                           &call->first, &call->second, text) != 5) {
        fputs("console: a request that cannot be asked\n", stderr);
        exit(2);
    }
    call->request = (enum manager_request)request;
    call->tag = ++last_tag;
    call->length = read_bytes(text, (uint8_t *)call->bytes);
    call->bytes[call->length] = '\0';
    asked_count++;
}

static void print_sent(size_t most)
{
    static uint8_t bytes[65536];
    size_t count = 0;

    while (count < most && count < sizeof(bytes) && output_take(&bytes[count])) {
        count++;
    }
    fputs("sent ", stdout);
    print_bytes(bytes, count);
    puts("");
}

static void print_screen(void)
{
    struct screen *screen = output_screen();

    printf("screen %u %u %d ", screen->row, screen->column, screen->hides_cursor);
    for (unsigned row = 0; row < SCREEN_ROWS; row++) {
        print_bytes(screen_row(screen, row), sizeof(screen->cells[0]));
    }
    puts("");
}

static void obey(const char *line)
{
    static uint8_t bytes[LINE_SIZE];
    const char *words = strchr(line, ' ');

    words = words == NULL ? "" : words + 1;
    if (strncmp(line, "ask ", 4) == 0) {
        ask(words);
    } else if (strncmp(line, "type ", 5) == 0) {
        type(bytes, read_bytes(words, bytes));
    } else if (strncmp(line, "codes ", 6) == 0) {
        press(bytes, read_bytes(words, bytes));
    } else if (strncmp(line, "send ", 5) == 0) {
        print_sent(strtoul(words, NULL, 10));
    } else if (strcmp(line, "serve") == 0) {
        do {
            requests_serve(true);
        } while (input_turn_is_over());
    } else if (strcmp(line, "screen") == 0) {
        print_screen();
    } else {
        fprintf(stderr, "console: no such order: %s\n", line);
        exit(2);
    }
}

int main(int count, char **words)
{
    static char line[LINE_SIZE];
    FILE *file = count == 2 ? fopen(words[1], "r") : NULL;

    if (file == NULL) {
        fputs("usage: console FILE\n", stderr);
        return 2;
    }
    output_open();
    input_open(on_interrupt);
    requests_open((slot){0}, (slot){0});
    while (fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        obey(line);
    }
    fclose(file);
    return 0;
}
