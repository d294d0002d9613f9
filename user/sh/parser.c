/**
 * @file
 * The parser: lists, pipelines, complete commands. See parser.h.
 *
 * One function for each rule of the grammar (IEEE 1003.1, Shell Command Language, 2.10). An error
 * is noted in the lexer; then every token is TOKEN_ERROR, and all functions come to their ends.
 */
#include "parse.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** Parses commands with | between them into a chain. @return whether all went well */
static bool parse_commands(struct parser *parser, struct chain *chain)
{
    bool more = true;

    while (more) {
        size_t start = (parse_peek(parser), parser->token.start);
        struct node *command = parse_command(parser);

        if (command == NULL) {
            return false;
        }
        more = parse_peek(parser) == TOKEN_OR;
        if (more || chain->first != NULL) {
            parse_want_text(parser, command, start);
        }
        parse_chain(chain, command);
        if (more) {
            parse_take(parser);
            parse_skip_newlines(parser);
        }
    }
    return true;
}

/** Parses a pipeline. @return it, or its one command; NULL: an error is noted */
static struct node *parse_pipeline(struct parser *parser)
{
    struct chain chain = {0};
    struct node *node;
    bool is_negated = false;

    while (parse_reserved(parser) == RESERVED_NOT) {
        parse_take(parser);
        is_negated = !is_negated;
    }
    node = parse_node(parser, NODE_PIPELINE);
    if (node == NULL || !parse_commands(parser, &chain)) {
        return NULL;
    }
    if (chain.first == chain.last && !is_negated) {
        return chain.first;
    }
    node->first = chain.first;
    node->is_negated = is_negated;
    return node;
}

/** Takes && or ||, and the ends of lines behind it. */
static enum joint take_joint(struct parser *parser)
{
    enum joint joint = JOINT_NONE;

    if (parse_accept(parser, TOKEN_AND_AND)) {
        joint = JOINT_AND;
    } else if (parse_accept(parser, TOKEN_OR_OR)) {
        joint = JOINT_OR;
    }
    if (joint != JOINT_NONE) {
        parse_skip_newlines(parser);
    }
    return joint;
}

/** Parses pipelines with && and || between them. @return NULL: an error is noted */
static struct node *parse_and_or(struct parser *parser)
{
    struct chain chain = {0};
    enum joint joint = JOINT_NONE;
    struct node *node = parse_node(parser, NODE_AND_OR);

    if (node == NULL) {
        return NULL;
    }
    do {
        struct node *pipeline = parse_pipeline(parser);

        if (pipeline == NULL) {
            return NULL;
        }
        pipeline->joint = joint;
        parse_chain(&chain, pipeline);
        joint = take_joint(parser);
    } while (joint != JOINT_NONE);
    if (chain.first == chain.last) {
        return chain.first;
    }
    node->first = chain.first;
    return node;
}

/** @return whether a list ends before the next token */
static bool list_ends(struct parser *parser)
{
    switch (parse_reserved(parser)) {
    case RESERVED_CLOSE:
    case RESERVED_THEN:
    case RESERVED_ELIF:
    case RESERVED_ELSE:
    case RESERVED_FI:
    case RESERVED_DO:
    case RESERVED_DONE:
    case RESERVED_ESAC:
        return true;
    default:
        break;
    }
    switch (parse_peek(parser)) {
    case TOKEN_END:
    case TOKEN_ERROR:
    case TOKEN_NEWLINE:
    case TOKEN_CLOSE:
    case TOKEN_SEMICOLONS:
        return true;
    default:
        return false;
    }
}

/** Takes what stands between two members of a list. @return whether there was anything */
static bool take_separator(struct parser *parser, struct node *node, size_t start, bool is_line)
{
    bool found = parse_accept(parser, TOKEN_SEMICOLON);

    if (!found && parse_peek(parser) == TOKEN_AND) {
        parse_want_text(parser, node, start);
        node->is_background = true;
        parse_take(parser);
        found = true;
    }
    if (!is_line && parse_peek(parser) == TOKEN_NEWLINE) {
        parse_skip_newlines(parser);
        found = true;
    }
    return found;
}

/**
 * Parses a list.
 *
 * @param parser   where
 * @param is_line  it ends with its line
 * @return the chain of its members; NULL: there are none, or an error is noted
 */
struct node *parse_list(struct parser *parser, bool is_line)
{
    struct chain chain = {0};
    bool more = true;

    if (!is_line) {
        parse_skip_newlines(parser);
    }
    while (more && !list_ends(parser)) {
        size_t start = parser->token.start;
        struct node *node = parse_and_or(parser);

        if (node == NULL) {
            return NULL;
        }
        parse_chain(&chain, node);
        more = take_separator(parser, node, start, is_line);
    }
    return chain.first;
}

/** Puts a node's source together: what was between its ends, and documents that stand behind. */
static bool collect_source(const struct source *source, const struct node *node, struct text *text)
{
    bool is_first = true;

    text_add(text, source->text.bytes + node->start, node->end - node->start);
    for (const struct document *each = source->documents; each != NULL; each = each->next) {
        if (each->place >= node->start && each->place < node->end && each->start >= node->end) {
            text_add_string(text, is_first ? "\n" : "");
            text_add(text, source->text.bytes + each->start, each->end - each->start);
            is_first = false;
        }
    }
    return !text->failed;
}

/** Copies the source of all nodes that want it. */
static void copy_texts(struct parser *parser)
{
    struct node *node = parser->wanting;
    bool is_last = node == NULL;

    while (!is_last && parser->lexer.error[0] == '\0') {
        struct text text = {0};

        if (collect_source(parser->lexer.source, node, &text)) {
            node->text = arena_copy(parser->lexer.source->arena, text_string(&text), text.length);
        }
        text_free(&text);
        if (node->text == NULL) {
            lexer_fail(&parser->lexer, "not enough memory for the command");
        }
        is_last = node->wanting == node; /* the last one is its own next */
        node = node->wanting;
    }
}

/** @return whether a document's text is missing that began in this lexer */
static bool lacks_document(const struct lexer *lexer)
{
    const struct document *each = lexer->source->documents;

    while (each != NULL && (each->has_come || each->place < lexer->begin)) {
        each = each->next;
    }
    return each != NULL;
}

/**
 * Parses a list inside of a word, up to the parenthesis that closes it.
 *
 * @param lexer  where the list begins; moved behind the parenthesis, or an error is noted
 * @param text   set to the list's source
 * @return the list; NULL: it is empty, or an error is noted
 */
const struct node *parser_nested(struct lexer *lexer, const char **text)
{
    struct parser parser = {.lexer = *lexer};
    const struct node *list;

    parser.lexer.begin = lexer->position;
    if (++parser.lexer.depth > LEXER_DEPTH_MAX) {
        lexer_fail(&parser.lexer, "nested too deeply");
    }
    list = parse_list(&parser, false);
    if (parse_peek(&parser) != TOKEN_CLOSE) {
        parse_unexpected(&parser);
    } else if (lacks_document(&parser.lexer)) {
        lexer_fail(&parser.lexer, "syntax error: the text of a << is missing");
    }
    if (parser.lexer.error[0] == '\0') {
        const char *bytes = lexer->source->text.bytes + lexer->position;

        *text = arena_copy(lexer->source->arena, bytes, parser.token.start - lexer->position);
        copy_texts(&parser);
    }
    lexer->position = parser.token.end;
    lexer->line = parser.lexer.line;
    lexer_fail(lexer, *text == NULL && parser.lexer.error[0] == '\0'
                          ? "not enough memory for the command"
                          : parser.lexer.error);
    return list;
}

/** @return what a source that has given no command has given */
static enum parser_result result_of(const struct source *source, const struct parser *parser)
{
    if (source->result == INPUT_INTERRUPTED) {
        return PARSER_INTERRUPTED;
    }
    if (source->result == INPUT_FAILED) {
        return PARSER_FAILED;
    }
    if (parser->lexer.error[0] != '\0') {
        return PARSER_ERROR;
    }
    return source->text.length == 0 ? PARSER_END : PARSER_COMMAND;
}

/**
 * Reads a complete command: a list, and the end of its line.
 *
 * @param program  where it is put; the one before is freed
 * @param input    where it comes from. Of a line with an error, the rest is not read
 * @return what was found
 */
enum parser_result parser_read(struct program *program, struct input *input)
{
    struct source source = {.input = input, .arena = &program->arena};
    struct parser parser = {.lexer = {.source = &source, .limit = SIZE_MAX}};
    enum parser_result result;

    parser_free(program);
    parser.lexer.line = program->line == 0 ? 1 : program->line;
    program->list = parse_list(&parser, true);
    if (!parse_accept(&parser, TOKEN_NEWLINE) && parse_peek(&parser) != TOKEN_END) {
        parse_unexpected(&parser);
    }
    copy_texts(&parser);
    program->line = parser.lexer.line;
    snprintf(program->error, sizeof(program->error), "%s", parser.lexer.error);
    result = result_of(&source, &parser);
    text_free(&source.text);
    return result;
}

/** Gives a program's memory back; only the line's number is kept. */
void parser_free(struct program *program)
{
    arena_free(&program->arena);
    program->list = NULL;
    program->error[0] = '\0';
}
