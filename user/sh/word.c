/**
 * @file
 * Words: text, quotes and what is put in the place of $ and `. See lexer.h.
 */
#include "lexer.h"
#include "parser.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** A row of parts that is put together. */
struct row {
    struct lexer *lexer;
    enum lexer_mode mode;
    struct part *first, *last;
    struct text text; /**< bytes that become a part */
    bool is_quoted;   /**< that part */
    bool has_text;    /**< there is one, even if it is empty */
    unsigned open;    /**< parentheses that are not closed, in arithmetic */
};

static void add_part(struct row *row, struct part *part)
{
    if (part == NULL) {
        return;
    }
    if (row->last == NULL) {
        row->first = part;
    } else {
        row->last->next = part;
    }
    row->last = part;
}

/** Makes a part of the text so far. */
static void end_text(struct row *row)
{
    struct arena *arena = row->lexer->source->arena;
    struct part *part;

    if (!row->has_text) {
        return;
    }
    part = arena_take(arena, sizeof(*part));
    if (part != NULL) {
        part->is_quoted = row->is_quoted;
        part->text = arena_copy(arena, text_string(&row->text), row->text.length);
    }
    if (part == NULL || part->text == NULL || row->text.failed) {
        lexer_fail(row->lexer, "not enough memory for the command");
    } else {
        add_part(row, part);
    }
    row->has_text = false;
    text_clear(&row->text);
}

/** Says that text of one kind comes next, maybe none. */
static void begin_text(struct row *row, bool is_quoted)
{
    if (row->has_text && row->is_quoted != is_quoted) {
        end_text(row);
    }
    row->has_text = true;
    row->is_quoted = is_quoted;
}

static void add_byte(struct row *row, int byte, bool is_quoted)
{
    begin_text(row, is_quoted);
    text_add_byte(&row->text, (char)byte);
}

/** @return whether text is quoted by where it stands */
static bool is_inside_quotes(const struct row *row)
{
    return row->mode != LEXER_WORD && row->mode != LEXER_BRACE;
}

/** @return whether a backslash makes this byte mean itself */
static bool can_be_escaped(const struct row *row, int byte)
{
    static const char *const special[] = {
        [LEXER_QUOTES] = "$`\"\\",
        [LEXER_BRACE_QUOTED] = "$`\"\\}",
        [LEXER_ARITHMETIC] = "$`\\",
        [LEXER_DOCUMENT] = "$`\\",
    };

    return !is_inside_quotes(row) || (byte != EOF && strchr(special[row->mode], byte) != NULL);
}

static void take_backslash(struct row *row)
{
    int byte;

    lexer_take(row->lexer);
    byte = lexer_peek(row->lexer);
    if (!can_be_escaped(row, byte)) {
        add_byte(row, '\\', true);
    } else if (byte == EOF) {
        add_byte(row, '\\', true); /* nothing is left to be escaped */
    } else {
        add_byte(row, lexer_take(row->lexer), true);
    }
}

static void take_single_quotes(struct row *row)
{
    int byte;

    lexer_take(row->lexer);
    begin_text(row, true);
    while ((byte = lexer_take(row->lexer)) != '\'') {
        if (byte == EOF) {
            lexer_fail(row->lexer, "a ' is not closed");
            return;
        }
        add_byte(row, byte, true);
    }
}

static void take_double_quotes(struct row *row)
{
    struct lexer *lexer = row->lexer;
    const struct part *inner;

    lexer_take(lexer);
    inner = lexer_parts(lexer, LEXER_QUOTES);
    if (lexer_take(lexer) != '"') {
        lexer_fail(lexer, "a \" is not closed");
    }
    if (inner == NULL) {
        begin_text(row, true); /* "" is a word, too */
        return;
    }
    end_text(row);
    add_part(row, (struct part *)inner);
    while (row->last->next != NULL) {
        row->last = row->last->next;
    }
}

/** @return whether the row ends before this byte */
static bool ends(const struct row *row, int byte)
{
    switch (row->mode) {
    case LEXER_WORD:
        return byte == EOF || strchr(" \t\n&|;<>()", byte) != NULL;
    case LEXER_QUOTES:
        return byte == EOF || byte == '"';
    case LEXER_BRACE:
    case LEXER_BRACE_QUOTED:
        return byte == EOF || byte == '}';
    case LEXER_ARITHMETIC:
        return byte == EOF || (byte == ')' && row->open == 0);
    default:
        return byte == EOF;
    }
}

/** Takes a byte that begins nothing. */
static void take_plain(struct row *row, int byte)
{
    if (row->mode == LEXER_ARITHMETIC && byte == '(') {
        row->open++;
    } else if (row->mode == LEXER_ARITHMETIC && byte == ')') {
        row->open--;
    }
    lexer_take(row->lexer);
    if (byte == '"' && row->mode == LEXER_BRACE_QUOTED) {
        return; /* quotes inside of quotes */
    }
    add_byte(row, byte, is_inside_quotes(row));
}

static void take_one(struct row *row, int byte)
{
    bool inside = is_inside_quotes(row);

    if (byte == '$') {
        struct part *part = lexer_dollar(row->lexer, inside);

        if (part == NULL) {
            add_byte(row, '$', inside);
        } else {
            end_text(row);
            add_part(row, part);
        }
    } else if (byte == '`') {
        end_text(row);
        add_part(row, lexer_backquote(row->lexer, inside));
    } else if (byte == '\\') {
        take_backslash(row);
    } else if (byte == '\'' && !inside) {
        take_single_quotes(row);
    } else if (byte == '"' && !inside) {
        take_double_quotes(row);
    } else {
        take_plain(row, byte);
    }
}

/**
 * Reads a row of parts.
 *
 * @param lexer  where
 * @param mode   what it is a part of; what ends it is not taken
 * @return the first part; NULL: there is none, or an error is noted
 */
const struct part *lexer_parts(struct lexer *lexer, enum lexer_mode mode)
{
    struct row row = {.lexer = lexer, .mode = mode};
    int byte;

    if (++lexer->depth > LEXER_DEPTH_MAX) {
        lexer_fail(lexer, "nested too deeply");
    }
    while (lexer->error[0] == '\0' && !ends(&row, byte = lexer_look(lexer))) {
        take_one(&row, byte);
    }
    lexer->depth--;
    end_text(&row);
    text_free(&row.text);
    return row.first;
}
