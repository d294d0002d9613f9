/**
 * @file
 * Expansion of parameters: $NAME and ${NAME OPERATOR WORD}. See expand.h.
 */
#include "expand.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "pattern.h"

/** Adds the letters of the options that are set. */
static void add_options(const struct shell *shell, struct text *room)
{
    text_add_string(room, shell->options.exits_on_error ? "e" : "");
    text_add_string(room, shell->options.takes_no_pattern ? "f" : "");
    text_add_string(room, shell->is_interactive ? "i" : "");
    text_add_string(room, shell->options.needs_variables ? "u" : "");
    text_add_string(room, shell->options.shows_commands ? "x" : "");
}

/** Joins the positional parameters by the first byte of IFS. */
static void add_arguments(const struct shell *shell, struct text *room)
{
    const char *separators = variables_get(&shell->variables, "IFS");
    char separator = separators == NULL ? ' ' : separators[0];

    for (size_t i = 0; i < shell->arguments.count; i++) {
        if (i != 0 && separator != '\0') {
            text_add_byte(room, separator);
        }
        text_add_string(room, shell->arguments.words[i]);
    }
}

/** Puts the value of a parameter that is a sign together. @return whether it has one */
static bool add_special(const struct shell *shell, char name, struct text *room)
{
    switch (name) {
    case '?':
        text_add_number(room, shell->status);
        return true;
    case '$':
        text_add_number(room, shell->pid);
        return true;
    case '#':
        text_add_number(room, (long)shell->arguments.count);
        return true;
    case '!':
        if (shell->jobs.last != 0) {
            text_add_number(room, shell->jobs.last);
        }
        return shell->jobs.last != 0;
    case '-':
        add_options(shell, room);
        return true;
    default:
        add_arguments(shell, room);
        return shell->arguments.count != 0;
    }
}

/**
 * Finds a parameter's value.
 *
 * @param shell  the shell
 * @param name   the parameter's
 * @param room   for a value that stands nowhere else
 * @return the value; NULL: it has none
 */
const char *expand_parameter_value(struct shell *shell, const char *name, struct text *room)
{
    if (isdigit((unsigned char)name[0])) {
        unsigned long number = strtoul(name, NULL, 10);

        if (number == 0) {
            return shell->name;
        }
        return number <= shell->arguments.count ? shell->arguments.words[number - 1] : NULL;
    }
    if (parser_is_name(name, strlen(name))) {
        return variables_get(&shell->variables, name);
    }
    return add_special(shell, name[0], room) ? text_string(room) : NULL;
}

/** Adds $@, or $* without quotes: each word is a field of its own. */
static void add_each(struct expansion *state, bool is_quoted)
{
    const struct arguments *arguments = &state->shell->arguments;

    for (size_t i = 0; i < arguments->count; i++) {
        if (i != 0) {
            expand_end_field(state);
        }
        if (is_quoted || arguments->words[i][0] != '\0') {
            expand_value(state, arguments->words[i], is_quoted);
        }
    }
}

/** Says that a parameter has to have a value, in the script's words if there are any. */
static void complain(struct expansion *state, const struct part *part)
{
    const char *why = part->or_empty ? "it is empty, or has no value" : "it has no value";

    if (part->inner != NULL) {
        why = expand_text(state->shell, state->arena, part->inner);
    }
    if (why != NULL) {
        shell_say(state->shell, "%s: %s", part->text, why);
    }
    shell_give_up(state->shell, STATUS_WRONG);
    state->failed = true;
}

/** Expands ${NAME=WORD} for a parameter without value. */
static void assign(struct expansion *state, const struct part *part)
{
    struct shell *shell = state->shell;
    const char *value;

    if (!parser_is_name(part->text, strlen(part->text))) {
        shell_say(shell, "%s: only a variable can be given a value", part->text);
        state->failed = true;
        return;
    }
    value = expand_text(shell, state->arena, part->inner);
    if (value == NULL || !variables_set(&shell->variables, part->text, value)) {
        state->failed = true;
        return;
    }
    expand_value(state, value, part->is_quoted);
}

/** Expands the word behind an operator. */
static void add_word(struct expansion *state, const struct part *part)
{
    if (part->is_quoted) {
        expand_literal(state, "", 0); /* there is a field, even if the word is empty */
    }
    state->inner++;
    expand_parts(state, part->inner);
    state->inner--;
}

/** Finds how many bytes at the beginning of a value match. @return how many to leave out */
static size_t matching_prefix(const char *value, const char *pattern, bool is_longest)
{
    size_t length = strlen(value);

    for (size_t i = 0; i <= length; i++) {
        size_t taken = is_longest ? length - i : i;

        if (pattern_matches(pattern, value, taken)) {
            return taken;
        }
    }
    return 0;
}

/** Finds where the matching end of a value begins. @return how many bytes to keep */
static size_t before_suffix(const char *value, const char *pattern, bool is_longest)
{
    size_t length = strlen(value);

    for (size_t i = 0; i <= length; i++) {
        size_t kept = is_longest ? i : length - i;

        if (pattern_matches(pattern, value + kept, length - kept)) {
            return kept;
        }
    }
    return length;
}

/** Expands ${NAME#PATTERN} and the like. */
static void remove_part(struct expansion *state, const struct part *part, const char *value)
{
    const char *pattern = expand_pattern(state->shell, state->arena, part->inner);
    bool is_longest =
        part->operation == OPERATOR_PREFIX_LONGEST || part->operation == OPERATOR_SUFFIX_LONGEST;
    char *copy;

    if (pattern == NULL) {
        state->failed = true;
        return;
    }
    if (part->operation == OPERATOR_PREFIX || part->operation == OPERATOR_PREFIX_LONGEST) {
        expand_value(state, value + matching_prefix(value, pattern, is_longest), part->is_quoted);
        return;
    }
    copy = arena_copy(state->arena, value, before_suffix(value, pattern, is_longest));
    if (copy == NULL) {
        state->failed = true;
        return;
    }
    expand_value(state, copy, part->is_quoted);
}

static void add_length(struct expansion *state, const struct part *part, const char *value)
{
    struct text digits = {0};
    bool counts = part->text[0] == '@' || part->text[0] == '*';

    text_add_number(&digits, (long)(counts ? state->shell->arguments.count : strlen(value)));
    expand_value(state, text_string(&digits), part->is_quoted);
    text_free(&digits);
}

/** Expands what needs no more than the value. @param value of the parameter; NULL: it has none */
static void add_simple(struct expansion *state, const struct part *part, const char *value)
{
    bool is_list = part->text[0] == '@' || part->text[0] == '*';

    if (value == NULL && state->shell->options.needs_variables && !is_list) {
        shell_say(state->shell, "%s: it has no value", part->text);
        shell_give_up(state->shell, STATUS_WRONG);
        state->failed = true;
    } else if (part->operation == OPERATOR_LENGTH) {
        add_length(state, part, value == NULL ? "" : value);
    } else if (part->operation >= OPERATOR_PREFIX) {
        remove_part(state, part, value == NULL ? "" : value);
    } else if (state->fields != NULL && is_list && (part->text[0] == '@' || !part->is_quoted)) {
        add_each(state, part->is_quoted);
    } else if (value != NULL || part->is_quoted) {
        expand_value(state, value == NULL ? "" : value, part->is_quoted);
    }
}

/** Expands a parameter. */
void expand_parameter(struct expansion *state, const struct part *part)
{
    struct text room = {0};
    const char *value = expand_parameter_value(state->shell, part->text, &room);
    bool has_value = value != NULL && (value[0] != '\0' || !part->or_empty);
    enum part_operator operation = part->operation;

    if (operation == OPERATOR_ALTERNATIVE) {
        if (has_value) {
            add_word(state, part);
        } else if (part->is_quoted) {
            expand_literal(state, "", 0);
        }
    } else if (has_value || operation <= OPERATOR_LENGTH || operation >= OPERATOR_PREFIX) {
        add_simple(state, part, value);
    } else if (operation == OPERATOR_DEFAULT) {
        add_word(state, part);
    } else if (operation == OPERATOR_ASSIGN) {
        assign(state, part);
    } else {
        complain(state, part);
    }
    text_free(&room);
}
