/**
 * @file
 * Tokens: see lexer.h. Words are read by word.c.
 */
#include "lexer.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_DIGITS 1u /* of a descriptor: 0 to 9 are all there are */

/** An operator. */
struct spelling {
    const char *text;
    enum token_kind kind;
};

/* The longer ones stand before those that they begin with. */
static const struct spelling operators[] = {
    {"&&", TOKEN_AND_AND},
    {"&", TOKEN_AND},
    {"||", TOKEN_OR_OR},
    {"|", TOKEN_OR},
    {";;", TOKEN_SEMICOLONS},
    {";", TOKEN_SEMICOLON},
    {"(", TOKEN_OPEN},
    {")", TOKEN_CLOSE},
    {"<<-", TOKEN_LESS_LESS_DASH},
    {"<<", TOKEN_LESS_LESS},
    {"<&", TOKEN_LESS_AND},
    {"<>", TOKEN_LESS_GREATER},
    {"<", TOKEN_LESS},
    {">>", TOKEN_GREATER_GREATER},
    {">&", TOKEN_GREATER_AND},
    {">|", TOKEN_GREATER_OR},
    {">", TOKEN_GREATER},
    {"\n", TOKEN_NEWLINE},
};

/** Says why the source is no command; the first reason counts. */
void lexer_fail(struct lexer *lexer, const char *why)
{
    if (lexer->error[0] == '\0') {
        snprintf(lexer->error, sizeof(lexer->error), "%s", why);
    }
}

/** Gets a line more. @return whether there was one */
bool lexer_more(struct lexer *lexer)
{
    struct source *source = lexer->source;

    if (lexer->limit != SIZE_MAX || source->input == NULL || source->result != INPUT_LINE) {
        return false;
    }
    source->result = input_line(source->input, &source->text);
    if (source->text.failed) {
        lexer_fail(lexer, "not enough memory for the command");
        return false;
    }
    return source->result == INPUT_LINE;
}

/** @return a byte: of the next ones, the first, the second, ...; EOF at the end */
static int byte_at(struct lexer *lexer, size_t ahead)
{
    size_t place = lexer->position + ahead;

    if (place >= lexer->limit) {
        return EOF;
    }
    while (place >= lexer->source->text.length) {
        if (!lexer_more(lexer)) {
            return EOF;
        }
    }
    return (unsigned char)lexer->source->text.bytes[place];
}

/** @return the next byte, which stays; EOF at the end. Lines that are continued are one line. */
int lexer_look(struct lexer *lexer)
{
    int byte = byte_at(lexer, 0);

    while (byte == '\\' && byte_at(lexer, 1) == '\n') {
        lexer->position += 2;
        lexer->line++;
        byte = byte_at(lexer, 0);
    }
    return byte;
}

/** @return the next byte as it is, which stays; EOF at the end */
int lexer_peek(struct lexer *lexer)
{
    return byte_at(lexer, 0);
}

/** @return the next byte as it is, which is taken; EOF at the end */
int lexer_take(struct lexer *lexer)
{
    int byte = byte_at(lexer, 0);

    if (byte != EOF) {
        lexer->position++;
    }
    if (byte == '\n') {
        lexer->line++;
    }
    return byte;
}

/** Goes on to where a token begins. */
static void skip_blanks(struct lexer *lexer)
{
    int byte = lexer_look(lexer);

    while (byte == ' ' || byte == '\t') {
        lexer_take(lexer);
        byte = lexer_look(lexer);
    }
    if (byte == '#') {
        while (byte != '\n' && byte != EOF) {
            lexer_take(lexer);
            byte = byte_at(lexer, 0); /* a comment's line is not continued */
        }
    }
}

/** @return whether these bytes come next */
static bool comes(struct lexer *lexer, const char *text)
{
    if (lexer_look(lexer) != text[0]) {
        return false;
    }
    for (size_t i = 1; text[i] != '\0'; i++) {
        if (byte_at(lexer, i) != text[i]) {
            return false;
        }
    }
    return true;
}

/** Takes an operator. @return TOKEN_NONE: there is none */
static enum token_kind take_operator(struct lexer *lexer)
{
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (comes(lexer, operators[i].text)) {
            for (size_t taken = 0; taken < strlen(operators[i].text); taken++) {
                lexer_take(lexer);
            }
            return operators[i].kind;
        }
    }
    return TOKEN_NONE;
}

/** Makes a number of a word that is one, and stands right before a redirection. */
static void look_for_number(struct lexer *lexer, struct token *token)
{
    const struct part *part = token->word->parts;
    int next = lexer_look(lexer);
    bool is_number = (next == '<' || next == '>') && part != NULL && part->kind == PART_TEXT &&
                     !part->is_quoted && part->next == NULL && strlen(part->text) <= NUMBER_DIGITS;

    for (size_t i = 0; is_number && part->text[i] != '\0'; i++) {
        is_number = isdigit((unsigned char)part->text[i]);
    }
    if (is_number) {
        token->kind = TOKEN_NUMBER;
        token->number = atoi(part->text);
    }
}

static void take_word(struct lexer *lexer, struct token *token)
{
    token->word = arena_take(lexer->source->arena, sizeof(*token->word));
    if (token->word == NULL) {
        lexer_fail(lexer, "not enough memory for the command");
        return;
    }
    token->kind = TOKEN_WORD;
    token->word->parts = lexer_parts(lexer, LEXER_WORD);
    look_for_number(lexer, token);
}

/** Takes the next token. After an end of a line that is where documents begin: they are read. */
struct token lexer_next(struct lexer *lexer)
{
    struct token token = {.kind = TOKEN_NONE};

    skip_blanks(lexer);
    token.start = lexer->position;
    token.line = lexer->line;
    if (lexer_look(lexer) == EOF) {
        token.kind = TOKEN_END;
    } else {
        token.kind = take_operator(lexer);
    }
    if (token.kind == TOKEN_NONE) {
        take_word(lexer, &token);
    }
    token.end = lexer->position;
    if (token.kind == TOKEN_NEWLINE) {
        lexer_read_documents(lexer);
    }
    if (lexer->error[0] != '\0') {
        token.kind = TOKEN_ERROR;
    }
    return token;
}
