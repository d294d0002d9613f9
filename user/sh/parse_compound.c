/**
 * @file
 * The parser: commands that are made of lists. See parse.h.
 */
#include "parse.h"

#include <string.h>

/** Parses a list that must not be empty. */
static const struct node *parse_body(struct parser *parser)
{
    const struct node *list = parse_list(parser, false);

    if (list == NULL) {
        parse_unexpected(parser);
    }
    return list;
}

/** @return a new clause at the end of a chain; NULL: there is no memory */
static struct clause *add_clause(struct parser *parser, const struct clause ***end)
{
    struct clause *clause = parse_allocate(parser, sizeof(*clause));

    if (clause != NULL) {
        **end = clause;
        *end = (const struct clause **)&clause->next;
    }
    return clause;
}

/** ( list ) */
static void parse_subshell(struct parser *parser, struct node *node)
{
    size_t start = parser->token.end;

    parse_take(parser);
    node->first = parse_body(parser);
    parse_peek(parser);
    parse_want_text(parser, node, start); /* up to the parenthesis that comes next */
    if (!parse_accept(parser, TOKEN_CLOSE)) {
        parse_unexpected(parser);
    }
}

/** if list then list elif list then list else list fi */
static void parse_if(struct parser *parser, struct node *node)
{
    const struct clause **end = &node->clauses;
    enum reserved_word word;

    do {
        struct clause *clause = add_clause(parser, &end);

        if (clause == NULL) {
            return;
        }
        word = parse_reserved(parser);
        parse_take(parser);
        if (word != RESERVED_ELSE) {
            clause->condition = parse_body(parser);
            parse_expect(parser, RESERVED_THEN);
        }
        clause->body = parse_body(parser);
    } while (word != RESERVED_ELSE &&
             (parse_reserved(parser) == RESERVED_ELIF || parse_reserved(parser) == RESERVED_ELSE));
    parse_expect(parser, RESERVED_FI);
}

/** do list done */
static const struct node *parse_do(struct parser *parser)
{
    const struct node *body;

    parse_expect(parser, RESERVED_DO);
    body = parse_body(parser);
    parse_expect(parser, RESERVED_DONE);
    return body;
}

/** while list do list done; until likewise */
static void parse_while(struct parser *parser, struct node *node)
{
    const struct clause **end = &node->clauses;
    struct clause *clause = add_clause(parser, &end);

    parse_take(parser);
    if (clause != NULL) {
        clause->condition = parse_body(parser);
        clause->body = parse_do(parser);
    }
}

/** Takes words up to something else. @return the first */
static const struct word *take_words(struct parser *parser)
{
    const struct word *first = NULL, **end = &first;

    while (parse_peek(parser) == TOKEN_WORD) {
        struct word *word = parse_take(parser).word;

        *end = word;
        end = (const struct word **)&word->next;
    }
    return first;
}

/** for NAME in words; do list done */
static void parse_for(struct parser *parser, struct node *node)
{
    parse_take(parser);
    if (parse_peek(parser) == TOKEN_WORD) {
        node->name = parser_literal(parser->token.word);
    }
    if (node->name == NULL || !parser_is_name(node->name, strlen(node->name))) {
        parse_unexpected(parser);
        return;
    }
    parse_take(parser);
    parse_skip_newlines(parser);
    if (parse_reserved(parser) == RESERVED_IN) {
        parse_take(parser);
        node->has_words = true;
        node->words = take_words(parser);
        if (!parse_accept(parser, TOKEN_SEMICOLON) && !parse_accept(parser, TOKEN_NEWLINE)) {
            parse_unexpected(parser);
        }
    } else {
        parse_accept(parser, TOKEN_SEMICOLON);
    }
    parse_skip_newlines(parser);
    node->first = parse_do(parser);
}

/** pattern | pattern ) list ;; */
static void parse_item(struct parser *parser, struct clause *clause)
{
    const struct word **end = &clause->patterns;

    parse_accept(parser, TOKEN_OPEN);
    do {
        struct token token = {.kind = TOKEN_NONE};

        if (parse_peek(parser) == TOKEN_WORD) {
            token = parse_take(parser);
        }
        if (token.word == NULL) {
            parse_unexpected(parser);
            return;
        }
        *end = token.word;
        end = (const struct word **)&token.word->next;
    } while (parse_accept(parser, TOKEN_OR));
    if (!parse_accept(parser, TOKEN_CLOSE)) {
        parse_unexpected(parser);
        return;
    }
    clause->body = parse_list(parser, false);
}

/** case word in items esac */
static void parse_case(struct parser *parser, struct node *node)
{
    const struct clause **end = &node->clauses;
    bool more = true;

    parse_take(parser);
    if (parse_peek(parser) == TOKEN_WORD) {
        node->words = parse_take(parser).word;
    } else {
        parse_unexpected(parser);
    }
    parse_skip_newlines(parser);
    parse_expect(parser, RESERVED_IN);
    parse_skip_newlines(parser);
    while (more && parse_reserved(parser) != RESERVED_ESAC && parser->lexer.error[0] == '\0') {
        struct clause *clause = add_clause(parser, &end);

        if (clause == NULL) {
            return;
        }
        parse_item(parser, clause);
        more = parse_accept(parser, TOKEN_SEMICOLONS); /* the last item needs none */
        parse_skip_newlines(parser);
    }
    parse_expect(parser, RESERVED_ESAC);
}

/** { list } */
static void parse_group(struct parser *parser, struct node *node)
{
    parse_take(parser);
    node->first = parse_body(parser);
    parse_expect(parser, RESERVED_CLOSE);
}

/** @return which kind of command begins here; NODE_SIMPLE: none of lists */
static enum node_kind kind_of_next(struct parser *parser)
{
    static const enum node_kind kinds[RESERVED_WORDS] = {
        [RESERVED_OPEN] = NODE_GROUP,  [RESERVED_IF] = NODE_IF,   [RESERVED_WHILE] = NODE_WHILE,
        [RESERVED_UNTIL] = NODE_UNTIL, [RESERVED_FOR] = NODE_FOR, [RESERVED_CASE] = NODE_CASE,
    };
    enum node_kind kind = kinds[parse_reserved(parser)];

    if (parse_peek(parser) == TOKEN_OPEN) {
        return NODE_SUBSHELL;
    }
    return kind == NODE_PIPELINE ? NODE_SIMPLE : kind; /* 0: not in the table */
}

/** Parses a command that is made of lists. @return it; NULL: none begins here, or no memory */
struct node *parse_compound(struct parser *parser)
{
    static void (*const parse[])(struct parser *, struct node *) = {
        [NODE_SUBSHELL] = parse_subshell, [NODE_GROUP] = parse_group, [NODE_IF] = parse_if,
        [NODE_WHILE] = parse_while,       [NODE_UNTIL] = parse_while, [NODE_FOR] = parse_for,
        [NODE_CASE] = parse_case,
    };
    enum node_kind kind = kind_of_next(parser);
    const struct redirection **redirections;
    struct node *node;

    if (kind == NODE_SIMPLE) {
        return NULL;
    }
    node = parse_node(parser, kind);
    if (node != NULL) {
        parse[kind](parser, node);
        redirections = &node->redirections;
        while (parser->lexer.error[0] == '\0' && parse_redirection(parser, &redirections)) {
        }
    }
    return node;
}
