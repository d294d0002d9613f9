/**
 * @file
 * Documents: text for a command's input that stands in the lines behind it (<<). See lexer.h.
 */
#include "lexer.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** Notes a document whose text is still to come. */
void lexer_add_document(struct lexer *lexer, const struct document *document)
{
    struct source *source = lexer->source;
    struct document *added = arena_take(source->arena, sizeof(*added));

    if (added == NULL) {
        lexer_fail(lexer, "not enough memory for the command");
        return;
    }
    *added = *document;
    if (source->last_document == NULL) {
        source->documents = added;
    } else {
        source->last_document->next = added;
    }
    source->last_document = added;
}

/** Takes a line. @param text set to it, without its newline @return whether there was one; then
 * `end` is set to the newline, or to EOF */
static bool take_line(struct lexer *lexer, struct text *text, int *end)
{
    int byte = lexer_take(lexer);

    text_clear(text);
    if (byte == EOF) {
        return false;
    }
    for (; byte != '\n' && byte != EOF; byte = lexer_take(lexer)) {
        text_add_byte(text, (char)byte);
    }
    *end = byte;
    return true;
}

/** Takes all lines before the delimiter's, and that one. @param body set to those before it */
static void take_body(struct lexer *lexer, struct document *document, struct text *body)
{
    struct text line = {0};
    int end;

    while (take_line(lexer, &line, &end)) {
        const char *begin = text_string(&line);

        while (document->skips_tabs && *begin == '\t') {
            begin++;
        }
        if (strcmp(begin, document->delimiter) == 0) {
            break;
        }
        text_add_string(body, begin);
        if (end == '\n') {
            text_add_byte(body, '\n');
        }
    }
    if (line.failed || body->failed) {
        lexer_fail(lexer, "not enough memory for the command");
    }
    text_free(&line);
}

static const struct part *plain_part(struct lexer *lexer, struct text *body)
{
    struct part *part = arena_take(lexer->source->arena, sizeof(*part));

    if (part != NULL) {
        part->is_quoted = true;
        part->text = arena_copy(lexer->source->arena, text_string(body), body->length);
    }
    if (part == NULL || part->text == NULL) {
        lexer_fail(lexer, "not enough memory for the command");
        return NULL;
    }
    return part;
}

/** Parses what is to be expanded in a document. */
static const struct part *expanded_parts(struct lexer *lexer, unsigned line, struct text *body)
{
    struct source source = {.arena = lexer->source->arena, .text = *body};
    struct lexer inner = {
        .source = &source, .limit = body->length, .line = line, .depth = lexer->depth};
    const struct part *parts = lexer_parts(&inner, LEXER_DOCUMENT);

    lexer_fail(lexer, inner.error);
    *body = source.text;
    return parts;
}

/** Reads the text of all documents of this lexer that are still to come; a line begins. */
void lexer_read_documents(struct lexer *lexer)
{
    struct document *document = lexer->source->documents;

    for (; document != NULL; document = document->next) {
        if (!document->has_come && document->place >= lexer->begin) {
            struct text body = {0};
            unsigned line = lexer->line;

            document->start = lexer->position;
            document->has_come = true;
            take_body(lexer, document, &body);
            document->end = lexer->position;
            document->redirection->document =
                document->is_quoted ? plain_part(lexer, &body) : expanded_parts(lexer, line, &body);
            text_free(&body);
        }
    }
}
