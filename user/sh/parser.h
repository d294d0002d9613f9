/**
 * @file
 * The parser: reads one complete command after the other.
 */
#pragma once

#include "lexer.h"

/** What parser_read() has found. */
enum parser_result {
    PARSER_COMMAND,     /**< a list, maybe an empty one */
    PARSER_END,         /**< there is no more */
    PARSER_ERROR,       /**< program.error says which, program.line where */
    PARSER_FAILED,      /**< the input cannot be read: errno */
    PARSER_INTERRUPTED, /**< Ctrl-C was typed */
};

/** What was read: a tree and the memory that it is in. All 0: nothing yet. */
struct program {
    struct arena arena;
    const struct node *list;
    unsigned line;  /**< of the next line; at the beginning 0: the input's first line is 1 */
    char error[80]; /**< why it is no command */
};

enum parser_result parser_read(struct program *program, struct input *input);
void parser_free(struct program *program);

const struct node *parser_nested(struct lexer *lexer, const char **text);
const char *parser_literal(const struct word *word);
bool parser_is_name(const char *text, size_t length);
