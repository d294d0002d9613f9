/**
 * @file
 * The storage driver on a machine that is none, as a program of the host: does what the lines of a
 * file say, and prints what comes of it. Bytes are hexadecimal digits.
 *
 *     disk N SECTORS LBA48 DMA     there is a disk; LBA48 and DMA are 0 or 1
 *     cd N                         there is a CD drive
 *     master                       there is a bus master
 *     frame F PAGES ADDRESS        there is memory at a physical address
 *     start                        the driver starts: these come before, those below afterwards
 *
 *     ask NAME LABEL W0 ... W5     a client's request; with it goes what the line before has named:
 *     with frame F RIGHTS
 *     with signal S RIGHTS
 *     poke F OFFSET BYTES          memory is written; `peek F OFFSET COUNT` shows it
 *     put N SECTOR BYTES           a disk is written; `get N SECTOR COUNT` shows it
 *     step                         a busy device goes on; `run` until nothing goes on
 *     interrupt                    the line interrupts for no reason
 *     time MILLISECONDS
 *     mapped                       how many frames of clients the driver sees
 *     mark TEXT                    prints itself
 *     bad N SECTOR                 it cannot be read or written any more
 *     silent COUNT, failing COUNT, stuck 0|1     see struct faults
 *     gone F S                     who has this frame and this signal ends
 *
 *     answer LABEL W0 ... W6, signal S, bytes BYTES, mapped COUNT, log TEXT
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "machine.h"

#include "capability.h"
#include "server_signals.h"

#include "storage/slots.h"

#undef main

#define LINE_SIZE (1u << 20)

int64_t driver_main(uint64_t argument);

static char line[LINE_SIZE];
static FILE *script;
static const struct server *server;
static bool travels;

/** Does what the driver's server loop does before it waits. */
static void look_at_time(void)
{
    if (server->time_left() == 0) {
        server->time_is_up();
    }
}

/** Lets the driver take the interrupts that there are. */
static void deliver(void)
{
    static bool is_enabled = true;

    while (is_enabled && machine_take_interrupt()) {
        is_enabled = false;
        server->take_signals(1);
        is_enabled = kernel_take_acknowledged();
        if (!is_enabled) {
            wrong("an interrupt was not acknowledged");
        }
    }
    look_at_time();
}

static void do_ask(const char *words)
{
    struct message message = {.info = travels ? MESSAGE_TRANSFER : 0};
    uint64_t *w = message.words;
    unsigned label;

    sscanf(words,
           "%" SCNu64 " %u %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
           &message.badge, &label, &w[0], &w[1], &w[2], &w[3], &w[4], &w[5]);
    message.info |= info_make(label, 6);
    travels = false;
    if (!server->handler(&message)) {
        wrong("no answer");
    }
    printf("answer %u", info_label(message.info));
    for (unsigned i = 0; i < 7; i++) {
        printf(" %" PRIu64, w[i]);
    }
    puts("");
    if (slot_read(ARRIVING, SLOT_READ_KIND).value != 0) {
        wrong("something was left where the next capability arrives");
    }
    deliver();
}

static void do_with(const char *words)
{
    char kind[16];
    unsigned number, rights;

    sscanf(words, "%15s %u %u", kind, &number, &rights);
    travels = true;
    if (strcmp(kind, "frame") == 0) {
        kernel_give_frame(ARRIVING.number, number, rights);
    } else {
        kernel_give_signal(ARRIVING.number, number, rights);
    }
}

static void print_bytes(const uint8_t *from, size_t count)
{
    fputs("bytes ", stdout);
    for (size_t i = 0; i < count; i++) {
        printf("%02x", from[i]);
    }
    puts("");
}

static unsigned value_of(char digit)
{
    return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)(digit - 'a' + 10);
}

/** Reads or writes memory or a disk: `words` are a number, a place and bytes or a count. */
static void do_bytes(const char *verb, const char *words)
{
    unsigned number;
    uint64_t place;
    int at;
    uint8_t *where;

    sscanf(words, "%u %" SCNu64 " %n", &number, &place, &at);
    where = verb[0] == 'p' && verb[1] != 'u' ? kernel_frame(number) + place
                                             : machine_sector(number, place);
    if (strcmp(verb, "peek") == 0 || strcmp(verb, "get") == 0) {
        print_bytes(where, strtoul(words + at, NULL, 10));
        return;
    }
    for (const char *digits = words + at; digits[0] > ' '; digits += 2) {
        *where++ = (uint8_t)(value_of(digits[0]) << 4 | value_of(digits[1]));
    }
}

static void do_run(void)
{
    do {
        deliver();
    } while (machine_step());
    deliver();
}

/** Changes what is wrong with the machine. @return whether the verb was known */
static bool do_fault(const char *verb, const char *words)
{
    unsigned number = 0;
    uint64_t value = 0;

    sscanf(words, "%u %" SCNu64, &number, &value);
    if (strcmp(verb, "bad") == 0) {
        faults.bad_sector[number] = value;
    } else if (strcmp(verb, "silent") == 0) {
        faults.silent = number;
    } else if (strcmp(verb, "failing") == 0) {
        faults.bus_master_fails = number;
    } else if (strcmp(verb, "stuck") == 0) {
        faults.is_stuck = number != 0;
    } else if (strcmp(verb, "gone") == 0) {
        kernel_take_back(number, (unsigned)value);
    } else {
        return false;
    }
    return true;
}

static void do_line(const char *verb, const char *words)
{
    if (strcmp(verb, "ask") == 0) {
        do_ask(words);
    } else if (strcmp(verb, "with") == 0) {
        do_with(words);
    } else if (strchr("pg", verb[0]) != NULL && strcmp(verb, "gone") != 0) {
        do_bytes(verb, words);
    } else if (strcmp(verb, "mark") == 0) {
        printf("mark %s", words);
    } else if (strcmp(verb, "mapped") == 0) {
        printf("mapped %u\n", kernel_mapped());
    } else if (strcmp(verb, "step") == 0) {
        machine_step();
        deliver();
    } else if (strcmp(verb, "run") == 0) {
        do_run();
    } else if (strcmp(verb, "interrupt") == 0) {
        machine_interrupt();
        deliver();
    } else if (strcmp(verb, "time") == 0) {
        kernel_pass_time(strtoul(words, NULL, 10));
        deliver();
    } else if (!do_fault(verb, words)) {
        wrong("what is '%s'?", verb);
    }
}

/** Makes the machine: lines up to `start`. */
static void do_machine(const char *verb, const char *words)
{
    unsigned number = 0, lba48 = 0, dma = 0;
    uint64_t first = 0;
    uint64_t second = 0;

    sscanf(words, "%u %" SCNu64 " %" SCNx64, &number, &first, &second);
    if (strcmp(verb, "disk") == 0) {
        sscanf(words, "%*u %*u %u %u", &lba48, &dma);
        machine_add_disk(number, first, lba48 != 0, dma != 0);
    } else if (strcmp(verb, "cd") == 0) {
        machine_add_cd(number);
    } else if (strcmp(verb, "master") == 0) {
        machine_add_bus_master();
    } else if (strcmp(verb, "frame") == 0) {
        kernel_make_frame(number, first, second);
    } else if (!do_fault(verb, words)) {
        wrong("what is '%s'?", verb);
    }
}

/** Reads lines, until the end or one that says `start`. */
static void do_script(void (*do_one)(const char *verb, const char *words))
{
    char verb[16];
    int at;

    while (fgets(line, sizeof(line), script) != NULL) {
        if (sscanf(line, "%15s %n", verb, &at) < 1) {
            continue;
        }
        if (strcmp(verb, "start") == 0) {
            return;
        }
        do_one(verb, line + at);
    }
}

enum error server_run_with_signals(const struct server *what)
{
    server = what;
    do_script(do_line);
    exit(0);
}

int main(int argc, char **argv)
{
    script = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (script == NULL) {
        wrong("which file?");
    }
    do_script(do_machine);
    driver_main(0);
    wrong("the driver has ended");
}
