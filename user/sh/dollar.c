/**
 * @file
 * Parts of words that are put in the place of something: $NAME, ${...}, $(...), $((...)), `...`.
 * See lexer.h.
 */
#include "lexer.h"
#include "parser.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static struct part *new_part(struct lexer *lexer, enum part_kind kind, bool is_quoted)
{
    struct part *part = arena_take(lexer->source->arena, sizeof(*part));

    if (part == NULL) {
        lexer_fail(lexer, "not enough memory for the command");
    } else {
        part->kind = kind;
        part->is_quoted = is_quoted;
    }
    return part;
}

static bool is_special(int byte)
{
    return byte != EOF && strchr("@*#?-$!", byte) != NULL;
}

/** Takes a parameter's name. @return it; NULL: there is none */
static const char *take_name(struct lexer *lexer, bool takes_digits)
{
    struct text name = {0};
    int byte = lexer_look(lexer);
    const char *copy = NULL;

    if (isdigit(byte) && takes_digits) {
        for (; isdigit(byte); byte = lexer_look(lexer)) {
            text_add_byte(&name, (char)lexer_take(lexer));
        }
    } else if (isdigit(byte) || is_special(byte)) {
        text_add_byte(&name, (char)lexer_take(lexer));
    } else {
        for (; byte == '_' || isalnum(byte); byte = lexer_look(lexer)) {
            text_add_byte(&name, (char)lexer_take(lexer));
        }
    }
    if (name.failed) {
        lexer_fail(lexer, "not enough memory for the command");
    } else if (name.length != 0) {
        copy = arena_copy(lexer->source->arena, name.bytes, name.length);
    }
    text_free(&name);
    return copy;
}

/** Takes one more of the byte that was just taken. @return whether there was one */
static bool take_again(struct lexer *lexer, int byte)
{
    if (lexer_look(lexer) != byte) {
        return false;
    }
    lexer_take(lexer);
    return true;
}

/** Takes the operator of ${NAME OPERATOR...}. */
static void take_operator(struct lexer *lexer, struct part *part)
{
    static const char signs[] = "-=?+";
    int byte = lexer_look(lexer);

    if (byte == ':') {
        part->or_empty = true;
        lexer_take(lexer);
        byte = lexer_look(lexer);
    }
    if (byte == '}' && !part->or_empty) {
        return;
    }
    if (byte != EOF && strchr(signs, byte) != NULL) {
        part->operation = OPERATOR_DEFAULT + (enum part_operator)(strchr(signs, byte) - signs);
        lexer_take(lexer);
    } else if ((byte == '#' || byte == '%') && !part->or_empty) {
        lexer_take(lexer);
        part->operation = byte == '#' ? OPERATOR_PREFIX : OPERATOR_SUFFIX;
        part->operation += take_again(lexer, byte) ? 1 : 0;
    } else {
        lexer_fail(lexer, "bad substitution: an operator in ${} is not known");
    }
}

/** @return whether the word behind the operator is a pattern: then its quotes count for
 * themselves */
static bool takes_pattern(const struct part *part)
{
    return part->operation >= OPERATOR_PREFIX;
}

/** Decides what a # behind ${ is: the length of what follows, or a name itself. */
static bool takes_length(struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    int byte;

    lexer_take(&ahead);
    byte = lexer_look(&ahead);
    if (byte == '}' || byte == EOF || strchr("-=?+:%#", byte) == NULL) {
        return byte != '}' && byte != EOF;
    }
    lexer_take(&ahead); /* ${#-}: the length of $-; ${#-x}: the number, or x */
    return strchr("-?#", byte) != NULL && lexer_look(&ahead) == '}';
}

/** Takes what follows ${. */
static struct part *take_braces(struct lexer *lexer, bool is_quoted)
{
    struct part *part = new_part(lexer, PART_PARAMETER, is_quoted);
    enum lexer_mode mode;

    if (part == NULL) {
        return NULL;
    }
    if (lexer_look(lexer) == '#' && takes_length(lexer)) {
        lexer_take(lexer);
        part->operation = OPERATOR_LENGTH;
    }
    part->text = take_name(lexer, true);
    if (part->text == NULL) {
        lexer_fail(lexer, "bad substitution: a name is missing in ${}");
        return part;
    }
    if (part->operation == OPERATOR_NONE) {
        take_operator(lexer, part);
    }
    if (part->operation > OPERATOR_LENGTH) {
        mode = is_quoted && !takes_pattern(part) ? LEXER_BRACE_QUOTED : LEXER_BRACE;
        part->inner = lexer_parts(lexer, mode);
    }
    if (lexer_take(lexer) != '}') {
        lexer_fail(lexer, "a ${ is not closed");
    }
    return part;
}

/** Takes what follows $((. */
static struct part *take_arithmetic(struct lexer *lexer, bool is_quoted)
{
    struct part *part = new_part(lexer, PART_ARITHMETIC, is_quoted);

    if (part != NULL) {
        part->inner = lexer_parts(lexer, LEXER_ARITHMETIC);
        if (lexer_take(lexer) != ')' || lexer_take(lexer) != ')') {
            lexer_fail(lexer, "a $(( is not closed by ))");
        }
    }
    return part;
}

/** Takes what follows $(. */
static struct part *take_command(struct lexer *lexer, bool is_quoted)
{
    struct part *part = new_part(lexer, PART_COMMAND, is_quoted);

    if (part != NULL) {
        part->list = parser_nested(lexer, &part->text);
    }
    return part;
}

/**
 * Reads what a $ begins.
 *
 * @param lexer      before the $
 * @param is_quoted  what is put there is not split
 * @return the part; NULL: the $ means itself, and is taken, or an error is noted
 */
struct part *lexer_dollar(struct lexer *lexer, bool is_quoted)
{
    struct part *part;
    const char *name;

    lexer_take(lexer);
    if (lexer_look(lexer) == '{') {
        lexer_take(lexer);
        return take_braces(lexer, is_quoted);
    }
    if (lexer_look(lexer) == '(') {
        lexer_take(lexer);
        if (take_again(lexer, '(')) {
            return take_arithmetic(lexer, is_quoted);
        }
        return take_command(lexer, is_quoted);
    }
    name = take_name(lexer, false);
    if (name == NULL) {
        return NULL;
    }
    part = new_part(lexer, PART_PARAMETER, is_quoted);
    if (part != NULL) {
        part->text = name;
    }
    return part;
}

/** Takes the text up to the next `, without the backslashes that only this level needs. */
static void take_backquoted(struct lexer *lexer, bool is_quoted, struct text *text)
{
    const char *special = is_quoted ? "$`\\\"" : "$`\\";
    int byte;

    while ((byte = lexer_take(lexer)) != '`') {
        if (byte == '\\' && lexer_peek(lexer) != EOF &&
            strchr(special, lexer_peek(lexer)) != NULL) {
            byte = lexer_take(lexer);
        }
        if (byte == EOF) {
            lexer_fail(lexer, "a ` is not closed");
            return;
        }
        text_add_byte(text, (char)byte);
    }
}

/**
 * Reads a command between backquotes.
 *
 * @param lexer      before the first `
 * @param is_quoted  it stands between " and "
 * @return the part; NULL: an error is noted
 */
struct part *lexer_backquote(struct lexer *lexer, bool is_quoted)
{
    struct part *part = new_part(lexer, PART_COMMAND, is_quoted);
    struct source source = {.arena = lexer->source->arena};
    struct lexer inner = {
        .source = &source, .limit = SIZE_MAX, .line = lexer->line, .depth = lexer->depth};

    lexer_take(lexer);
    take_backquoted(lexer, is_quoted, &source.text);
    text_add_string(&source.text, "\n)"); /* so that it ends as $( does */
    if (source.text.failed) {
        lexer_fail(lexer, "not enough memory for the command");
    }
    if (part != NULL && lexer->error[0] == '\0') {
        part->list = parser_nested(&inner, &part->text);
        if (inner.error[0] == '\0' && inner.position != source.text.length) {
            lexer_fail(&inner, "syntax error: unexpected ) between backquotes");
        }
        lexer_fail(lexer, inner.error);
    }
    text_free(&source.text);
    return part;
}
