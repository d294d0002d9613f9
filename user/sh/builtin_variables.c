/**
 * @file
 * Built-in commands for variables, parameters and options: export, unset, set, shift.
 */
#include <string.h>

#include "builtin.h"

/** Adds a variable as a command that sets it. */
static void add_setting(struct text *text, const struct variable *variable, const char *before)
{
    text_add_string(text, before);
    text_add_string(text, variable->name);
    if (variable->value != NULL) {
        text_add_byte(text, '=');
        text_add_quoted(text, variable->value);
    }
    text_add_byte(text, '\n');
}

static int list(struct shell *shell, bool exported_only)
{
    struct text text = {0};
    const struct variable *each;
    int status;

    for (each = shell->variables.first; each != NULL; each = each->next) {
        if (each->is_exported || (!exported_only && each->value != NULL)) {
            add_setting(&text, each, exported_only ? "export " : "");
        }
    }
    status = files_write(shell, 1, &text);
    text_free(&text);
    return status;
}

/** @return whether a name is one; tells else */
static bool check_name(struct shell *shell, const char *command, const char *name, size_t length)
{
    if (!parser_is_name(name, length)) {
        shell_say(shell, "%s: %s: not a name", command, name);
        shell_give_up(shell, STATUS_WRONG);
        return false;
    }
    return true;
}

/** Exports one variable, NAME or NAME=VALUE. */
static int export(struct shell *shell, char *word)
{
    char *sign = strchr(word, '=');
    bool done = true;

    if (!check_name(shell, "export", word, sign == NULL ? strlen(word) : (size_t)(sign - word))) {
        return STATUS_WRONG;
    }
    if (sign != NULL) {
        *sign = '\0'; /* the word is the command's own */
        done = variables_set(&shell->variables, word, sign + 1);
    }
    done = done && variables_export(&shell->variables, word, true);
    if (!done) {
        shell_say(shell, "export: %s: not enough memory", word);
    }
    return done ? 0 : STATUS_FAILED;
}

/** Has programs get variables. */
int builtin_export(struct shell *shell, size_t count, char **words)
{
    int status = 0;

    if (count == 1 || (count == 2 && strcmp(words[1], "-p") == 0)) {
        return list(shell, true);
    }
    for (size_t i = 1; i < count; i++) {
        int failed = export(shell, words[i]);

        status = failed != 0 ? failed : status;
    }
    return status;
}

/** Forgets variables or functions. */
int builtin_unset(struct shell *shell, size_t count, char **words)
{
    bool functions = count > 1 && strcmp(words[1], "-f") == 0;
    bool variables = count > 1 && strcmp(words[1], "-v") == 0;
    int status = 0;

    for (size_t i = functions || variables ? 2 : 1; i < count; i++) {
        if (!check_name(shell, "unset", words[i], strlen(words[i]))) {
            status = STATUS_WRONG;
        } else if (functions) {
            functions_remove(&shell->functions, words[i]);
        } else {
            variables_unset(&shell->variables, words[i]);
        }
    }
    return status;
}

/** Sets an option. @return false: there is none of this letter */
static bool set_option(struct options *options, char letter, bool on)
{
    switch (letter) {
    case 'e':
        options->exits_on_error = on;
        return true;
    case 'f':
        options->takes_no_pattern = on;
        return true;
    case 'u':
        options->needs_variables = on;
        return true;
    case 'x':
        options->shows_commands = on;
        return true;
    default:
        return false;
    }
}

/**
 * Sets the options of one word.
 *
 * @param options  all
 * @param word     -LETTERS or +LETTERS
 * @return 0; a letter that is no option
 */
char shell_set_options(struct options *options, const char *word)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        if (!set_option(options, *letter, word[0] == '-')) {
            return *letter;
        }
    }
    return '\0';
}

/** Sets options and parameters. */
int builtin_set(struct shell *shell, size_t count, char **words)
{
    size_t next = 1;
    bool sets_words = false;

    if (count == 1) {
        return list(shell, false);
    }
    while (next < count && !sets_words && (words[next][0] == '-' || words[next][0] == '+') &&
           words[next][1] != '\0') {
        sets_words = strcmp(words[next], "--") == 0;
        if (!sets_words && shell_set_options(&shell->options, words[next]) != '\0') {
            shell_give_up(shell, STATUS_WRONG);
            return builtin_usage(shell, words[0]);
        }
        next++;
    }
    if ((sets_words || next < count) && !shell_set_arguments(shell, words + next, count - next)) {
        shell_say(shell, "set: not enough memory");
        return STATUS_FAILED;
    }
    return 0;
}

/** Makes $2 $1, and so on. */
int builtin_shift(struct shell *shell, size_t count, char **words)
{
    long places = 1;

    if (count > 2 || (count == 2 && !builtin_number(shell, words[0], words[1], &places))) {
        shell_give_up(shell, STATUS_WRONG);
        return STATUS_WRONG;
    }
    if ((size_t)places > shell->arguments.count) {
        shell_say(shell, "shift: there are only %zu words", shell->arguments.count);
        shell_give_up(shell, STATUS_WRONG);
        return STATUS_WRONG;
    }
    shell->arguments.words += places;
    shell->arguments.count -= (size_t)places;
    return 0;
}
