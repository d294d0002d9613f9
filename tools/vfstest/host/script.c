/**
 * @file
 * The script: reading it, and writing down the answers.
 *
 * What is let loose together waits in a list; from there requests go over in a random order, but
 * those of one client in the order in which they stand.
 */
#include "script.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "messages.h"

#define WAITING_MAX 512u
#define LINE_MAX_BYTES 16384u

static struct host_request waiting[WAITING_MAX];
static unsigned waiting_count;

/** @return whether nobody before it in the list has the same client */
static bool is_first(unsigned index)
{
    for (unsigned i = 0; i < index; i++) {
        if (waiting[i].client == waiting[index].client) {
            return false;
        }
    }
    return true;
}

/** Takes a request out of the list. @return false: there is none */
bool script_next(struct host_request *request)
{
    unsigned index;

    if (waiting_count == 0) {
        return false;
    }
    do {
        index = (unsigned)host_random(waiting_count);
    } while (!is_first(index));
    *request = waiting[index];
    waiting_count--;
    memmove(&waiting[index], &waiting[index + 1],
            (waiting_count - index) * sizeof(struct host_request));
    return true;
}

static uint64_t read_bytes(const char *text, uint8_t *bytes)
{
    uint64_t size = 0;
    unsigned byte;

    while (size < 4096 && sscanf(text + 2 * size, "%2x", &byte) == 1) {
        bytes[size++] = (uint8_t)byte;
    }
    return size;
}

static void read_request(const char *line, bool wants_answer)
{
    static char bytes[LINE_MAX_BYTES];
    struct host_request *request = &waiting[waiting_count];
    uint64_t *words = request->words;
    int count;

    if (waiting_count == WAITING_MAX) {
        host_fail("too many requests at once");
    }
    *request = (struct host_request){.wants_answer = wants_answer};
    count = sscanf(line,
                   "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64
                   "%" SCNu64 "%" SCNu64 "%16383s%" SCNu64,
                   &request->client, &request->serial, &request->label, &words[0], &words[1],
                   &words[2], &words[3], &words[4], &words[5], bytes, &request->notification);
    if (count < 10) {
        host_fail("cannot read: %s", line);
    }
    request->size = bytes[0] == '-' ? 0 : read_bytes(bytes, request->bytes);
    if (!host_root_knows(request->client)) {
        host_root_run(request->client);
    }
    waiting_count++;
}

/** Does what a line says that is no request. */
static void obey(char what, uint64_t first, uint64_t second)
{
    switch (what) {
    case 'x':
        messages_give_up(first, second);
        break;
    case '!':
        messages_end(first);
        host_root_end(first);
        break;
    case '+':
        host_root_create(first, second);
        break;
    case 'r':
        host_root_run(first);
        break;
    case 't':
        host_milliseconds += first;
        break;
    case 'f':
        host_storage_fail_next(first);
        break;
    case 'F':
        host_storage_fail_next(0);
        break;
    case 'l':
        host_storage_fail_flushes(first);
        break;
    case 'b':
        host_storage_break(first);
        break;
    case 'q':
        fflush(stdout);
        exit(EXIT_SUCCESS);
    default:
        host_fail("what is a line that begins with %c?", what);
    }
}

/** Reads lines up to one that lets them loose. At the end of the script the program ends. */
void script_read(void)
{
    static char line[LINE_MAX_BYTES + 1024];
    uint64_t first = 0, second = 0;

    for (;;) {
        if (fgets(line, sizeof(line), stdin) == NULL) {
            exit(EXIT_SUCCESS);
        }
        if (line[0] == '.') {
            return;
        }
        if (line[0] == '>' && line[1] == '>') {
            read_request(line + 2, false);
        } else if (line[0] == '>') {
            read_request(line + 1, true);
        } else {
            sscanf(line + 1, "%" SCNu64 "%" SCNu64, &first, &second);
            obey(line[0], first, second);
        }
    }
}

/** Writes an answer down. */
void script_answer(const struct host_request *to, const struct message *answer)
{
    uint64_t length = info_length(answer->info);
    const uint8_t *bytes = (const uint8_t *)(ipc_buffer->words + MESSAGE_REGISTER_WORDS);
    uint64_t size = answer->info & MESSAGE_BUFFER && length > MESSAGE_REGISTER_WORDS
                        ? (length - MESSAGE_REGISTER_WORDS) * sizeof(uint64_t)
                        : 0;

    printf("< %" PRIu64 " %" PRIu64 " %u", to->client, to->serial, info_label(answer->info));
    for (unsigned i = 0; i < 6; i++) {
        printf(" %" PRIu64, answer->words[i]);
    }
    printf(size == 0 ? " -" : " ");
    for (uint64_t i = 0; i < size; i++) {
        printf("%02x", bytes[i]);
    }
    printf("\n");
}

/** Says that the server waits for what comes next. */
void script_idle(void)
{
    printf(".\n");
    fflush(stdout);
}
