/**
 * @file
 * Expansion: words become fields. See expand.h.
 *
 * A field is put together as a pattern: what is quoted has a backslash before every byte that could
 * be special. When it is complete it is compared with the names of files, or its backslashes go.
 */
#include "expand.h"

#include <string.h>

#include "execute.h"
#include "glob.h"
#include "pattern.h"

#define SEPARATORS " \t\n" /* unless IFS says otherwise */

/** Adds bytes that mean themselves. */
void expand_literal(struct expansion *state, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr("*?[]\\-!^", bytes[i]) != NULL) {
            text_add_byte(&state->text, '\\');
        }
        text_add_byte(&state->text, bytes[i]);
    }
    state->has_field = true;
    state->after_blank = false;
}

/** Adds bytes that may be a pattern. */
static void add_plain(struct expansion *state, const char *bytes, size_t length)
{
    text_add(&state->text, bytes, length);
    state->has_field = true;
    state->after_blank = false;
}

/** Makes a field of the text so far, or the fields that it stands for. */
void expand_end_field(struct expansion *state)
{
    struct fields *fields = state->fields;
    char *pattern;

    if (!state->has_field || fields == NULL) {
        return;
    }
    pattern = (char *)text_string(&state->text);
    if (state->text.bytes == NULL) {
        fields_add(fields, "", 0);
    } else if (state->shell->options.takes_no_pattern || !pattern_is_special(pattern) ||
               !glob_expand(pattern, fields)) {
        fields_add(fields, pattern, pattern_plain(pattern));
    }
    text_clear(&state->text);
    state->has_field = false;
}

/** Handles a byte that separates fields. */
static void separate(struct expansion *state, char byte)
{
    bool is_blank = strchr(SEPARATORS, byte) != NULL;

    if (state->has_field) {
        expand_end_field(state);
        state->after_blank = is_blank;
    } else if (!is_blank && state->after_blank) {
        state->after_blank = false; /* it belongs to the blank before it */
    } else if (!is_blank) {
        state->has_field = true;
        expand_end_field(state);
    }
}

/** Adds what is put in the place of something: split, if it is not quoted. */
void expand_value(struct expansion *state, const char *value, bool is_quoted)
{
    const char *separators = variables_get(&state->shell->variables, "IFS");

    if (is_quoted || (state->fields == NULL && !state->is_pattern)) {
        expand_literal(state, value, strlen(value));
        return;
    }
    if (state->fields == NULL) {
        add_plain(state, value, strlen(value));
        return;
    }
    for (; *value != '\0'; value++) {
        if (strchr(separators == NULL ? SEPARATORS : separators, *value) != NULL) {
            separate(state, *value);
        } else if (*value == '\\') {
            expand_literal(state, value, 1);
        } else {
            add_plain(state, value, 1);
        }
    }
}

static void add_text(struct expansion *state, const struct part *part)
{
    if (part->is_quoted) {
        expand_literal(state, part->text, strlen(part->text));
    } else if (state->inner != 0) {
        expand_value(state, part->text, false);
    } else {
        add_plain(state, part->text, strlen(part->text));
    }
}

static void add_command(struct expansion *state, const struct part *part)
{
    struct text output = {0};

    if (execute_substitution(state->shell, part, &output)) {
        expand_value(state, text_string(&output), part->is_quoted);
    } else {
        state->failed = true;
    }
    text_free(&output);
}

static void add_arithmetic(struct expansion *state, const struct part *part)
{
    struct arena arena = {0};
    const char *expression = expand_text(state->shell, &arena, part->inner);
    struct text digits = {0};
    long value;

    if (expression != NULL && expand_arithmetic(state->shell, expression, &value)) {
        text_add_number(&digits, value);
        expand_value(state, text_string(&digits), part->is_quoted);
    } else {
        state->failed = true;
    }
    text_free(&digits);
    arena_free(&arena);
}

/** Expands parts, one behind the other, up to the first error. */
void expand_parts(struct expansion *state, const struct part *parts)
{
    for (; parts != NULL && !state->failed; parts = parts->next) {
        switch (parts->kind) {
        case PART_TEXT:
            add_text(state, parts);
            break;
        case PART_PARAMETER:
            expand_parameter(state, parts);
            break;
        case PART_COMMAND:
            add_command(state, parts);
            break;
        case PART_ARITHMETIC:
            add_arithmetic(state, parts);
            break;
        }
    }
}

/** Puts the home directory in the place of a ~ at the beginning of a word.
 * @param first set to what is left of the first part @return the parts that are left */
static const struct part *expand_home(struct expansion *state, const struct part *parts,
                                      struct part *first)
{
    const char *home = variables_get(&state->shell->variables, "HOME");
    bool is_meant = parts != NULL && parts->kind == PART_TEXT && !parts->is_quoted &&
                    parts->text[0] == '~' &&
                    (parts->text[1] == '/' || (parts->text[1] == '\0' && parts->next == NULL));

    if (!is_meant || home == NULL) {
        return parts;
    }
    expand_literal(state, home, strlen(home));
    *first = *parts;
    first->text++;
    return first;
}

/** Tells of missing memory, if that is it. @return whether all went well */
static bool is_complete(struct expansion *state)
{
    if (!state->failed && (state->text.failed || (state->fields && state->fields->failed))) {
        shell_say(state->shell, "not enough memory for the words of a command");
        state->failed = true;
    }
    if (state->failed) {
        shell_give_up(state->shell, STATUS_WRONG);
    }
    return !state->failed;
}

/**
 * Expands a command's words.
 *
 * @param shell   the shell
 * @param words   the first word
 * @param fields  the fields are added; has its arena
 * @return false: it could not be done, which was told; the command is not run
 */
bool expand_words(struct shell *shell, const struct word *words, struct fields *fields)
{
    struct expansion state = {.shell = shell, .arena = fields->arena, .fields = fields};
    struct part first;

    for (; words != NULL && !state.failed; words = words->next) {
        state.after_blank = false;
        expand_parts(&state, expand_home(&state, words->parts, &first));
        expand_end_field(&state);
    }
    text_free(&state.text);
    return is_complete(&state);
}

/** Expands parts to one text. @return it, as a pattern or plain; NULL: that could not be done */
static char *expand_whole(struct shell *shell, struct arena *arena, const struct part *parts,
                          bool is_pattern)
{
    struct expansion state = {.shell = shell, .arena = arena, .is_pattern = is_pattern};
    struct part first;
    char *whole = NULL;

    expand_parts(&state, expand_home(&state, parts, &first));
    if (is_complete(&state)) {
        whole = arena_copy(arena, text_string(&state.text), state.text.length);
    }
    if (whole != NULL && !is_pattern) {
        pattern_plain(whole);
    }
    text_free(&state.text);
    return whole;
}

/** Expands parts to one text, which is not split. @return NULL: it could not be done */
char *expand_text(struct shell *shell, struct arena *arena, const struct part *parts)
{
    return expand_whole(shell, arena, parts, false);
}

/** Expands parts to a pattern. @return NULL: it could not be done */
char *expand_pattern(struct shell *shell, struct arena *arena, const struct part *parts)
{
    return expand_whole(shell, arena, parts, true);
}

/**
 * Expands an assignment.
 *
 * @param shell  the shell
 * @param arena  where name and value go
 * @param word   begins with NAME=
 * @param name   set
 * @param value  set
 * @return false: it could not be done, which was told
 */
bool expand_assignment(struct shell *shell, struct arena *arena, const struct word *word,
                       const char **name, const char **value)
{
    struct part first = *word->parts;
    const char *sign = strchr(first.text, '=');

    *name = arena_copy(arena, first.text, (size_t)(sign - first.text));
    first.text = sign + 1;
    *value = expand_text(shell, arena, &first);
    return *name != NULL && *value != NULL;
}
