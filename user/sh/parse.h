/**
 * @file
 * What the files of the parser share. For others there is parser.h.
 */
#pragma once

#include "parser.h"

/** A parser: a lexer, and the token that comes next. */
struct parser {
    struct lexer lexer;
    struct token token;   /**< TOKEN_NONE: not read yet */
    struct node *wanting; /**< nodes whose source is to be copied when all of it has been read */
};

/** Words that mean something where a command may begin. */
enum reserved_word {
    RESERVED_NONE,
    RESERVED_NOT, /**< ! */
    RESERVED_OPEN,
    RESERVED_CLOSE,
    RESERVED_IF,
    RESERVED_THEN,
    RESERVED_ELIF,
    RESERVED_ELSE,
    RESERVED_FI,
    RESERVED_WHILE,
    RESERVED_UNTIL,
    RESERVED_FOR,
    RESERVED_DO,
    RESERVED_DONE,
    RESERVED_CASE,
    RESERVED_ESAC,
    RESERVED_IN,
    RESERVED_WORDS
};

/** A chain of nodes that is put together. */
struct chain {
    struct node *first, *last;
};

enum token_kind parse_peek(struct parser *parser);
struct token parse_take(struct parser *parser);
bool parse_accept(struct parser *parser, enum token_kind kind);
enum reserved_word parse_reserved(struct parser *parser);
void parse_expect(struct parser *parser, enum reserved_word word);
void parse_unexpected(struct parser *parser);
void parse_skip_newlines(struct parser *parser);
void *parse_allocate(struct parser *parser, size_t size);
struct node *parse_node(struct parser *parser, enum node_kind kind);
void parse_want_text(struct parser *parser, struct node *node, size_t start);
void parse_chain(struct chain *chain, struct node *node);

struct node *parse_list(struct parser *parser, bool is_line);
struct node *parse_command(struct parser *parser);
struct node *parse_compound(struct parser *parser);
bool parse_redirection(struct parser *parser, const struct redirection ***end);
