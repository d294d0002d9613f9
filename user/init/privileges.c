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
#include "services.h"
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
    .memory = PRIVILEGE_MEMORY,
    .tables = PRIVILEGE_TABLES,
    .slots = OWN_SLOTS,
    .priority = PRIVILEGE_PRIORITY,
};
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

/** Reads a privilege that is a number. @return false when it is none */
static bool read_amount(struct privileges *privileges, const char *what, const char *word)
{
    const struct {
        const char *name;
        uint32_t least, most, *amount;
    } amounts[] = {
        {"memory", 0, PRIVILEGE_MEMORY_MAX, &privileges->memory},
        {"tables", 0, PRIVILEGE_TABLES_MAX, &privileges->tables},
        {"heap", 0, INIT_HEAP_PAGES, &privileges->heap},
        {"slots", OWN_SLOTS, PRIVILEGE_SLOTS_MAX, &privileges->slots},
        {"priority", 0, PRIVILEGE_PRIORITY_MAX, &privileges->priority},
    };

    for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
        if (strcmp(what, amounts[i].name) == 0) {
            return read_number(word, amounts[i].most, amounts[i].amount) &&
                   *amounts[i].amount >= amounts[i].least;
        }
    }
    return false;
}

/** Reads a privilege. @return NULL; what is wrong with it */
static const char *read_privilege(struct privileges *privileges, const struct line *line)
{
    const char *what = line->words[0], *word = line->words[1];
    bool is_right = false;

    if (line->count == 1) {
        privileges->parts |= part_of(what);
        is_right = part_of(what) != 0;
    } else if (line->count == 2) {
        if (strcmp(what, "serves") == 0) {
            return services_serve(privileges, word);
        }
        if (strcmp(what, "calls") == 0) {
            return services_call(privileges, word);
        }
        is_right = read_amount(privileges, what, word) ||
                   (strcmp(what, "ports") == 0 && read_ports(privileges, word)) ||
                   (strcmp(what, "irq") == 0 && read_line_number(privileges, word));
    }
    return is_right ? NULL : "it cannot be read";
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
 * @return NULL; what is wrong with it
 */
static const char *read_line(const struct line *line, struct entry **entry)
{
    if (strcmp(line->words[0], "program") == 0) {
        *entry = begin(line);
        return *entry != NULL ? NULL : "no name, or more programs than there can be";
    }
    return *entry != NULL ? read_privilege(&(*entry)->privileges, line) : "of no program";
}

/** Takes a line of the file. @return NULL; what is wrong with it */
static const char *take(struct text *text, struct entry **entry)
{
    struct line line;

    if (!take_line(text, &line)) {
        return "too many words, or too long ones";
    }
    return line.count == 0 ? NULL : read_line(&line, entry);
}

/** Looks for services that nobody serves: nobody can call them. */
static void check_calls(void)
{
    for (size_t i = 0; i < entry_count; i++) {
        const char *missing = services_missing(&entries[i].privileges);

        if (missing != NULL) {
            print("[init] " PRIVILEGES_FILE ": %s calls %s, which no program serves\n",
                  entries[i].name, missing);
            entries[i].is_wrong = true;
        }
    }
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
        unsigned number = rest.line;
        const char *problem = take(&rest, &entry);

        if (problem == NULL) {
            continue;
        }
        print("[init] " PRIVILEGES_FILE ": line %u, program %s: %s\n", number,
              entry != NULL ? entry->name : "none", problem);
        wrong++;
        if (entry != NULL) {
            entry->is_wrong = true;
        }
    }
    check_calls();
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
