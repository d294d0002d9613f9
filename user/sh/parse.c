/**
 * @file
 * The parser's tools: tokens, errors, nodes. See parse.h.
 */
#include "parse.h"

#include <stdio.h>
#include <string.h>

static const char *const reserved_words[RESERVED_WORDS] = {
    [RESERVED_NOT] = "!",       [RESERVED_OPEN] = "{",    [RESERVED_CLOSE] = "}",
    [RESERVED_IF] = "if",       [RESERVED_THEN] = "then", [RESERVED_ELIF] = "elif",
    [RESERVED_ELSE] = "else",   [RESERVED_FI] = "fi",     [RESERVED_WHILE] = "while",
    [RESERVED_UNTIL] = "until", [RESERVED_FOR] = "for",   [RESERVED_DO] = "do",
    [RESERVED_DONE] = "done",   [RESERVED_CASE] = "case", [RESERVED_ESAC] = "esac",
    [RESERVED_IN] = "in",
};

/** @return the kind of the token that comes next */
enum token_kind parse_peek(struct parser *parser)
{
    if (parser->token.kind == TOKEN_NONE) {
        parser->token = lexer_next(&parser->lexer);
    }
    return parser->token.kind;
}

/** Takes the next token. */
struct token parse_take(struct parser *parser)
{
    struct token token;

    parse_peek(parser);
    token = parser->token;
    parser->token.kind = TOKEN_NONE;
    return token;
}

/** Takes the next token if it is of a kind. @return whether it was */
bool parse_accept(struct parser *parser, enum token_kind kind)
{
    if (parse_peek(parser) != kind) {
        return false;
    }
    parse_take(parser);
    return true;
}

/** @return the text of a word that is nothing but text, without quotes; else NULL */
const char *parser_literal(const struct word *word)
{
    const struct part *part = word->parts;

    if (part == NULL || part->next != NULL || part->kind != PART_TEXT || part->is_quoted) {
        return NULL;
    }
    return part->text;
}

/** @return which reserved word the next token would be, where a command begins */
enum reserved_word parse_reserved(struct parser *parser)
{
    const char *text = parse_peek(parser) == TOKEN_WORD ? parser_literal(parser->token.word) : NULL;

    for (int i = RESERVED_NONE + 1; text != NULL && i < RESERVED_WORDS; i++) {
        if (strcmp(text, reserved_words[i]) == 0) {
            return (enum reserved_word)i;
        }
    }
    return RESERVED_NONE;
}

/** Says that the next token cannot stand where it stands. */
void parse_unexpected(struct parser *parser)
{
    const struct token *token = &parser->token;
    const struct source *source = parser->lexer.source;
    char why[sizeof(parser->lexer.error)];

    if (parse_peek(parser) == TOKEN_ERROR) {
        return;
    }
    if (token->kind == TOKEN_END) {
        snprintf(why, sizeof(why), "syntax error: unexpected end");
    } else if (token->kind == TOKEN_NEWLINE) {
        snprintf(why, sizeof(why), "syntax error: unexpected end of the line");
    } else {
        snprintf(why, sizeof(why), "syntax error: unexpected %.*s",
                 (int)(token->end - token->start < 40 ? token->end - token->start : 40),
                 source->text.bytes + token->start);
    }
    lexer_fail(&parser->lexer, why);
}

/** Takes a reserved word, which has to come next. */
void parse_expect(struct parser *parser, enum reserved_word word)
{
    if (parse_reserved(parser) == word) {
        parse_take(parser);
    } else {
        parse_unexpected(parser);
    }
}

/** Takes all ends of lines that come next. */
void parse_skip_newlines(struct parser *parser)
{
    while (parse_accept(parser, TOKEN_NEWLINE)) {
    }
}

/** @return memory of the program, all 0; NULL: there is none, which is noted */
void *parse_allocate(struct parser *parser, size_t size)
{
    void *piece = arena_take(parser->lexer.source->arena, size);

    if (piece == NULL) {
        lexer_fail(&parser->lexer, "not enough memory for the command");
    }
    return piece;
}

/** @return a new node, which begins at the next token; NULL: there is no memory */
struct node *parse_node(struct parser *parser, enum node_kind kind)
{
    struct node *node = parse_allocate(parser, sizeof(*node));

    parse_peek(parser);
    if (node != NULL) {
        node->kind = kind;
        node->line = parser->token.line;
        node->start = node->end = parser->token.start;
    }
    return node;
}

/** Has a node's source copied, from a place up to the last token that was taken, when all of it,
 * documents included, has been read. */
void parse_want_text(struct parser *parser, struct node *node, size_t start)
{
    /* The token that comes next may have been read, but blanks before it do no harm. */
    bool is_ahead = parser->token.kind != TOKEN_NONE;

    if (node != NULL && node->wanting == NULL) {
        node->start = start;
        node->end = is_ahead ? parser->token.start : parser->lexer.position;
        node->wanting = parser->wanting == NULL ? node : parser->wanting;
        parser->wanting = node;
    }
}

/** Adds a node to a chain. */
void parse_chain(struct chain *chain, struct node *node)
{
    if (chain->last == NULL) {
        chain->first = node;
    } else {
        chain->last->next = node;
    }
    chain->last = node;
}
