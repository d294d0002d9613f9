/**
 * @file
 * The parser: simple commands, function definitions, redirections. See parse.h.
 */
#include "parse.h"

#include <ctype.h>
#include <string.h>

/** A redirection's operator: what it does, and with which descriptor if none is said. */
struct redirecting {
    enum token_kind token;
    enum redirection_kind kind;
    int number;
};

static const struct redirecting redirectings[] = {
    {TOKEN_LESS, REDIRECTION_READ, 0},
    {TOKEN_GREATER, REDIRECTION_WRITE, 1},
    {TOKEN_GREATER_OR, REDIRECTION_WRITE, 1},
    {TOKEN_GREATER_GREATER, REDIRECTION_APPEND, 1},
    {TOKEN_LESS_GREATER, REDIRECTION_READ_WRITE, 0},
    {TOKEN_LESS_AND, REDIRECTION_DUPLICATE, 0},
    {TOKEN_GREATER_AND, REDIRECTION_DUPLICATE, 1},
    {TOKEN_LESS_LESS, REDIRECTION_DOCUMENT, 0},
    {TOKEN_LESS_LESS_DASH, REDIRECTION_DOCUMENT, 0},
};

/** @return whether some bytes are a name: letters, digits, _, no digit first */
bool parser_is_name(const char *text, size_t length)
{
    if (length == 0 || isdigit((unsigned char)text[0])) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '_' && !isalnum((unsigned char)text[i])) {
            return false;
        }
    }
    return true;
}

/** @return a word's text, quotes taken off; NULL: it is not only text, which is noted */
static const char *plain_text(struct parser *parser, const struct word *word, bool *is_quoted)
{
    struct text text = {0};
    const char *copy = NULL;

    for (const struct part *part = word->parts; part != NULL; part = part->next) {
        if (part->kind != PART_TEXT) {
            lexer_fail(&parser->lexer, "syntax error: a $ in the word behind <<");
        } else {
            text_add_string(&text, part->text);
        }
        *is_quoted |= part->is_quoted;
    }
    if (!text.failed) {
        copy = arena_copy(parser->lexer.source->arena, text_string(&text), text.length);
    }
    if (copy == NULL) {
        lexer_fail(&parser->lexer, "not enough memory for the command");
    }
    text_free(&text);
    return copy;
}

static void begin_document(struct parser *parser, struct redirection *redirection,
                           const struct token *sign, const struct word *word)
{
    struct document document = {.redirection = redirection,
                                .skips_tabs = sign->kind == TOKEN_LESS_LESS_DASH,
                                .place = sign->start};

    document.delimiter = plain_text(parser, word, &document.is_quoted);
    if (document.delimiter != NULL) {
        lexer_add_document(&parser->lexer, &document);
    }
}

static const struct redirecting *find_redirecting(enum token_kind token)
{
    for (size_t i = 0; i < sizeof(redirectings) / sizeof(redirectings[0]); i++) {
        if (redirectings[i].token == token) {
            return &redirectings[i];
        }
    }
    return NULL;
}

/** Takes the operator and the word behind it. */
static struct redirection *take_redirection(struct parser *parser, int number)
{
    struct token sign = parse_take(parser);
    const struct redirecting *found = find_redirecting(sign.kind);
    struct redirection *redirection = parse_allocate(parser, sizeof(*redirection));

    if (redirection == NULL) {
        return NULL;
    }
    redirection->kind = found->kind;
    redirection->number = number < 0 ? found->number : number;
    if (parse_peek(parser) != TOKEN_WORD) {
        parse_unexpected(parser);
        return NULL;
    }
    redirection->target = parse_take(parser).word;
    if (found->kind == REDIRECTION_DOCUMENT) {
        begin_document(parser, redirection, &sign, redirection->target);
    }
    return redirection;
}

/**
 * Takes a redirection, if one comes next.
 *
 * @param parser  where
 * @param end     where it is added; moved behind it
 * @return whether there was one
 */
bool parse_redirection(struct parser *parser, const struct redirection ***end)
{
    enum token_kind kind = parse_peek(parser);
    struct redirection *redirection;
    int number = -1;

    if (kind == TOKEN_NUMBER) {
        number = parse_take(parser).number;
    } else if (find_redirecting(kind) == NULL) {
        return false;
    }
    parse_peek(parser);
    redirection = take_redirection(parser, number);
    if (redirection != NULL) {
        **end = redirection;
        *end = (const struct redirection **)&redirection->next;
    }
    return redirection != NULL;
}

static bool is_assignment(const struct word *word)
{
    const struct part *part = word->parts;
    const char *sign;

    if (part == NULL || part->kind != PART_TEXT || part->is_quoted) {
        return false;
    }
    sign = strchr(part->text, '=');
    return sign != NULL && parser_is_name(part->text, (size_t)(sign - part->text));
}

/** Makes a definition of a command whose first word is followed by a parenthesis. */
static void take_function(struct parser *parser, struct node *node)
{
    const char *name = parser_literal(node->words);
    struct node *body;
    size_t start;

    if (name == NULL || !parser_is_name(name, strlen(name))) {
        parse_unexpected(parser);
        return;
    }
    parse_take(parser);
    if (!parse_accept(parser, TOKEN_CLOSE)) {
        parse_unexpected(parser);
        return;
    }
    parse_skip_newlines(parser);
    parse_peek(parser);
    start = parser->token.start;
    body = parse_compound(parser);
    if (body == NULL) {
        parse_unexpected(parser);
        return;
    }
    node->kind = NODE_FUNCTION;
    node->name = name;
    node->words = NULL;
    parse_want_text(parser, node, start);
}

static void add_word(struct token *token, const struct word ***end)
{
    **end = token->word;
    *end = (const struct word **)&token->word->next;
}

/** Takes a command's word. @return whether there was one */
static bool take_word(struct parser *parser, struct node *node, const struct word ***assignments,
                      const struct word ***words)
{
    struct token token;

    if (parse_peek(parser) != TOKEN_WORD) {
        return false;
    }
    token = parse_take(parser);
    if (node->words == NULL && is_assignment(token.word)) {
        add_word(&token, assignments);
    } else {
        add_word(&token, words);
    }
    return true;
}

/** Parses a simple command or a function's definition. @return NULL: neither begins here */
static struct node *parse_simple(struct parser *parser)
{
    struct node *node = parse_node(parser, NODE_SIMPLE);
    const struct word **assignments, **words;
    const struct redirection **redirections;

    if (node == NULL) {
        return NULL;
    }
    assignments = &node->assignments;
    words = &node->words;
    redirections = &node->redirections;
    while (take_word(parser, node, &assignments, &words) ||
           parse_redirection(parser, &redirections)) {
    }
    if (node->words != NULL && node->words->next == NULL && node->assignments == NULL &&
        node->redirections == NULL && parse_peek(parser) == TOKEN_OPEN) {
        take_function(parser, node);
    }
    if (node->words == NULL && node->assignments == NULL && node->redirections == NULL &&
        node->kind == NODE_SIMPLE) {
        parse_unexpected(parser);
        return NULL;
    }
    return node;
}

/** Parses a command of any kind. @return it; NULL: there is none, which is noted */
struct node *parse_command(struct parser *parser)
{
    struct node *node = NULL;

    if (++parser->lexer.depth > LEXER_DEPTH_MAX) {
        lexer_fail(&parser->lexer, "nested too deeply");
    } else {
        node = parse_compound(parser);
        if (node == NULL) {
            node = parse_simple(parser);
        }
    }
    parser->lexer.depth--;
    return parser->lexer.error[0] == '\0' ? node : NULL;
}
