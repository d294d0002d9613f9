/**
 * @file
 * Privileges: reading the file that says what each program may have.
 *
 * The file is a boot module, which anybody may have made: what cannot be read is told with its
 * line, and gives nothing.
 */
#include "privileges.h"

#include <stdbool.h>
#include <stddef.h>

#include "capability.h"
#include "init/proto.h"
#include "print.h"
#include "string.h"

#define PROGRAMS_MAX 64u
#define NAME_SIZE 16u
#define WORD_SIZE 32u /* longest word, and a NUL */
#define WRONG_MAX 8u  /* wrong lines that are told */
#define LINE_WORDS 3u /* words of a line that are looked at; more than two are wrong */

/** A program. */
struct entry {
    char name[NAME_SIZE];
    bool is_wrong; /**< some line could not be read */
    struct privileges privileges;
};

/** The text that has not been read yet. */
struct text {
    const char *next, *end;
    unsigned line;
};

/** A line's words. */
struct line {
    unsigned count;
    char words[LINE_WORDS][WORD_SIZE];
};

static const struct privileges least = {
    .memory = PRIVILEGE_MEMORY, .tables = PRIVILEGE_TABLES, .slots = OWN_SLOTS};
static struct entry entries[PROGRAMS_MAX];
static size_t entry_count;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/** Takes a word, or what is left of a line. @return false when the word is too long */
static bool take_word(struct text *text, char *word)
{
    size_t length = 0;

    while (text->next < text->end && *text->next != '\n' && !is_space(*text->next)) {
        if (length == WORD_SIZE - 1) {
            return false;
        }
        word[length++] = *text->next++;
    }
    word[length] = '\0';
    return true;
}

/** Takes the rest of a line, with its end. */
static void skip_line(struct text *text)
{
    while (text->next < text->end && *text->next++ != '\n') {
    }
    text->line++;
}

/** Takes a line. @return false when a word in it is too long, or there are too many */
static bool take_line(struct text *text, struct line *line)
{
    bool is_right = true;

    *line = (struct line){0};
    while (is_right && text->next < text->end && *text->next != '\n' && *text->next != '#') {
        if (is_space(*text->next)) {
            text->next++;
        } else {
            is_right = line->count < LINE_WORDS && take_word(text, line->words[line->count++]);
        }
    }
    skip_line(text);
    return is_right;
}

/** @return what a digit is worth; 16 for what is none */
static unsigned digit(char c)
{
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    c |= 'a' ^ 'A';
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/** Reads a number up to `most`. @return where it ends; NULL when there is none */
static const char *take_number(const char *text, uint32_t most, uint32_t *number)
{
    unsigned base = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    const char *start = base == 16 ? text + 2 : text;
    uint64_t found = 0;

    for (text = start; digit(*text) < base; text++) {
        found = found * base + digit(*text);
        if (found > most) {
            return NULL;
        }
    }
    *number = (uint32_t)found;
    return text == start ? NULL : text;
}

static bool read_number(const char *word, uint32_t most, uint32_t *number)
{
    const char *end = take_number(word, most, number);

    return end != NULL && *end == '\0';
}

static bool read_ports(struct privileges *privileges, const char *word)
{
    uint32_t first = 0, last = 0;

    word = take_number(word, UINT16_MAX, &first);
    if (word == NULL || *word != '-' || !read_number(word + 1, UINT16_MAX, &last) || last < first ||
        last == 0 || privileges->range_count == PRIVILEGE_RANGES) {
        return false;
    }
    privileges->ranges[privileges->range_count++] =
        (struct port_range){(uint16_t)first, (uint16_t)last};
    return true;
}

static bool read_line_number(struct privileges *privileges, const char *word)
{
    uint32_t line = 0;

    if (!read_number(word, PRIVILEGE_LINES - 1, &line) || line == 0) {
        return false; /* line 0 is the timer's, which is the kernel's */
    }
    privileges->lines |= 1u << line;
    return true;
}

/** @return the part or power that a word names; 0: none */
static uint32_t part_of(const char *word)
{
    static const char *const names[PRIVILEGE_PARTS] = {"space", "thread", "cspace", "screen"};

    for (unsigned i = 0; i < PRIVILEGE_PARTS + power_count; i++) {
        if (strcmp(word, i < PRIVILEGE_PARTS ? names[i] : power_names[i - PRIVILEGE_PARTS]) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

/** Reads a privilege. @return false when it is none */
static bool read_privilege(struct privileges *privileges, const struct line *line)
{
    const char *what = line->words[0], *word = line->words[1];

    if (line->count == 1) {
        privileges->parts |= part_of(what);
        return part_of(what) != 0;
    }
    if (line->count != 2) {
        return false;
    }
    if (strcmp(what, "memory") == 0) {
        return read_number(word, PRIVILEGE_MEMORY_MAX, &privileges->memory);
    }
    if (strcmp(what, "tables") == 0) {
        return read_number(word, PRIVILEGE_TABLES_MAX, &privileges->tables);
    }
    if (strcmp(what, "heap") == 0) {
        return read_number(word, INIT_HEAP_PAGES, &privileges->heap);
    }
    if (strcmp(what, "slots") == 0) {
        return read_number(word, PRIVILEGE_SLOTS_MAX, &privileges->slots) &&
               privileges->slots >= OWN_SLOTS;
    }
    if (strcmp(what, "ports") == 0) {
        return read_ports(privileges, word);
    }
    return strcmp(what, "irq") == 0 && read_line_number(privileges, word);
}

/** Begins a program. @return NULL when its name is none, or there are too many */
static struct entry *begin(const struct line *line)
{
    struct entry *entry = &entries[entry_count];

    if (line->count != 2 || strlen(line->words[1]) >= NAME_SIZE || entry_count == PROGRAMS_MAX) {
        return NULL;
    }
    *entry = (struct entry){.privileges = least};
    memcpy(entry->name, line->words[1], strlen(line->words[1]) + 1);
    entry_count++;
    return entry;
}

/**
 * Takes what a line says.
 *
 * @param line   not empty
 * @param entry  the program that it is about; set when another one begins, to NULL when that cannot
 * @return false when it cannot be read
 */
static bool read_line(const struct line *line, struct entry **entry)
{
    if (strcmp(line->words[0], "program") == 0) {
        *entry = begin(line);
        return *entry != NULL;
    }
    return *entry != NULL && read_privilege(&(*entry)->privileges, line);
}

/**
 * Reads the file. What is wrong in it is printed; behind WRONG_MAX wrong lines nothing is read.
 *
 * @param text  its first byte; any bytes
 * @param size  in bytes
 */
void privileges_read(const char *text, uint64_t size)
{
    struct text rest = {text, text + size, 1};
    struct entry *entry = NULL;
    unsigned wrong = 0;

    while (rest.next < rest.end && wrong < WRONG_MAX) {
        struct line line;
        unsigned number = rest.line;
        bool is_whole = take_line(&rest, &line);

        if (is_whole && (line.count == 0 || read_line(&line, &entry))) {
            continue;
        }
        print("[init] %s: line %u cannot be read\n", PRIVILEGES_FILE, number);
        wrong++;
        if (entry != NULL) {
            entry->is_wrong = true;
        }
    }
}

/**
 * @param name  a program's, ends with NUL
 * @return what it may have
 */
const struct privileges *privileges_find(const char *name)
{
    for (size_t i = 0; i < entry_count; i++) {
        if (strcmp(entries[i].name, name) == 0) {
            return entries[i].is_wrong ? &least : &entries[i].privileges;
        }
    }
    return &least;
}
