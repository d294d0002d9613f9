/**
 * @file
 * Tokens: what commands are made of before they mean anything.
 *
 * The source is one text that grows by a line whenever the lexer comes to its end. Places in it are
 * counted from its beginning, and stay right when it grows.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "input.h"
#include "text.h"
#include "tree.h"

#define LEXER_DEPTH_MAX 40 /**< how deeply commands may be nested: the stack has an end */

/** Kinds of tokens. */
enum token_kind {
    TOKEN_NONE, /**< not read yet */
    TOKEN_WORD,
    TOKEN_NUMBER, /**< digits right before < or >: a descriptor */
    TOKEN_NEWLINE,
    TOKEN_END,
    TOKEN_ERROR, /**< lexer.error says which */
    TOKEN_AND,   /**< & */
    TOKEN_AND_AND,
    TOKEN_OR, /**< | */
    TOKEN_OR_OR,
    TOKEN_SEMICOLON,
    TOKEN_SEMICOLONS, /**< ;; */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_LESS,
    TOKEN_LESS_LESS,
    TOKEN_LESS_LESS_DASH,
    TOKEN_LESS_AND,
    TOKEN_LESS_GREATER,
    TOKEN_GREATER,
    TOKEN_GREATER_GREATER,
    TOKEN_GREATER_AND,
    TOKEN_GREATER_OR /**< >| */
};

/** A token. */
struct token {
    enum token_kind kind;
    struct word *word; /**< of words */
    int number;        /**< of numbers */
    size_t start, end; /**< where it is in the source */
    unsigned line;
};

/** A document (<<) whose text comes behind the next end of a line, or has come. */
struct document {
    struct redirection *redirection;
    const char *delimiter;
    bool is_quoted;  /**< nothing is expanded in it */
    bool skips_tabs; /**< <<- */
    bool has_come;
    size_t place;      /**< of its redirection */
    size_t start, end; /**< of its text, the delimiter's line included */
    struct document *next;
};

/** What is read, and where it is kept. */
struct source {
    struct text text;
    struct input *input;        /**< NULL: there is no more than the text */
    enum input_result result;   /**< of the last line that was asked for */
    struct arena *arena;        /**< where tokens go */
    struct document *documents; /**< all, in their order */
    struct document *last_document;
};

/** Where the lexer is. A copy of it can go ahead and come back. */
struct lexer {
    struct source *source;
    size_t begin;    /**< where it began: documents before that are not its own */
    size_t position; /**< of the next byte */
    size_t limit;    /**< nothing is read from there on; SIZE_MAX: the source's end is */
    unsigned line;
    unsigned depth;
    char error[80]; /**< "": none; why there is TOKEN_ERROR */
};

struct token lexer_next(struct lexer *lexer);
void lexer_fail(struct lexer *lexer, const char *why);
int lexer_look(struct lexer *lexer);
int lexer_peek(struct lexer *lexer);
int lexer_take(struct lexer *lexer);
bool lexer_more(struct lexer *lexer);

/** How a row of parts is read: where it ends, and what is special in it. */
enum lexer_mode {
    LEXER_WORD,         /**< up to a blank or an operator */
    LEXER_QUOTES,       /**< up to " */
    LEXER_BRACE,        /**< ${NAME:-... up to } */
    LEXER_BRACE_QUOTED, /**< the same inside of " " */
    LEXER_ARITHMETIC,   /**< $((... up to )) */
    LEXER_DOCUMENT      /**< up to the end */
};

const struct part *lexer_parts(struct lexer *lexer, enum lexer_mode mode);
struct part *lexer_dollar(struct lexer *lexer, bool is_quoted);
struct part *lexer_backquote(struct lexer *lexer, bool is_quoted);
void lexer_add_document(struct lexer *lexer, const struct document *document);
void lexer_read_documents(struct lexer *lexer);
