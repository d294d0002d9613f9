/**
 * @file
 * The shell.
 *
 *     sh [-efux] [FILE [WORD...]]             runs the commands in a file
 *     sh [-efux] -c COMMANDS [NAME [WORD...]] runs these
 *     sh [-efuxi] [-s [WORD...]]              runs what is typed, or comes on standard input
 *     sh --subshell FACTS NAME                another shell's part: see subshell.h
 *
 * To read it: tree.h, lexer.h, parser.h (text becomes a tree); shell.h, expand.h, files.h (what the
 * tree's words mean); execute.h (the tree is run); builtin.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"
#include "shell.h"
#include "subshell.h"

static const char usage[] = "usage: sh [-efuxi] [FILE [WORD...]]\n"
                            "       sh [-efux] -c COMMANDS [NAME [WORD...]]\n"
                            "       sh [-efuxi] -s [WORD...]\n";

/** What the shell was told. */
struct command_line {
    bool has_commands; /**< -c */
    bool has_input;    /**< -s */
    bool is_typed;     /**< -i */
    int next;          /**< the first word behind the options */
};

/** Reads one word of options. @return false: one of them is not known */
static bool read_letters(struct shell *shell, const char *word, struct command_line *line)
{
    char others[3] = {word[0], '\0', '\0'};

    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        if (*letter == 'c') {
            line->has_commands = true;
        } else if (*letter == 's') {
            line->has_input = true;
        } else if (*letter == 'i') {
            line->is_typed = true;
        } else {
            others[1] = *letter;
            if (shell_set_options(&shell->options, others) != '\0') {
                return false;
            }
        }
    }
    return true;
}

/** Reads all options. @return false: one of them is not known */
static bool read_options(struct shell *shell, int count, char **words, struct command_line *line)
{
    line->next = 1;
    while (line->next < count && (words[line->next][0] == '-' || words[line->next][0] == '+')) {
        const char *word = words[line->next++];

        if (strcmp(word, "--") == 0 || strcmp(word, "-") == 0) {
            return true;
        }
        if (!read_letters(shell, word, line)) {
            return false;
        }
    }
    return true;
}

/** Reads all that another shell has written for this one. @return false: that failed */
static bool read_script(struct text *script)
{
    char bytes[1024];
    ssize_t got;

    while ((got = read(SUBSHELL_DESCRIPTOR, bytes, sizeof(bytes))) > 0) {
        text_add(script, bytes, (size_t)got);
    }
    close(SUBSHELL_DESCRIPTOR);
    return got == 0 && !script->failed;
}

/** Reads numbers with colons between them. What is no number is 0. */
static void read_facts(const char *facts, int *numbers)
{
    char *end = (char *)facts;

    for (int i = 0; i < SUBSHELL_FACT_COUNT; i++) {
        numbers[i] = (int)strtol(end, &end, 10);
        end += *end == ':';
    }
}

/** Runs another shell's part. @return the exit status */
static int run_part(struct shell *shell, const char *facts, char *name)
{
    struct text script = {0};
    struct input input;
    int numbers[SUBSHELL_FACT_COUNT] = {0};
    int result = STATUS_FAILED;

    read_facts(facts, numbers);
    shell->name = name;
    shell->pid = numbers[SUBSHELL_PID];
    shell->jobs.last = numbers[SUBSHELL_LAST];
    if (read_script(&script)) {
        size_t length = strlen(text_string(&script));

        input_from_string(&input, script.bytes, length);
        shell_run(shell, &input, 1);
        shell->status = numbers[SUBSHELL_STATUS];
        shell->tested = (unsigned)numbers[SUBSHELL_TESTED];
        input_from_string(&input, script.bytes + length + 1, script.length - length - 1);
        result = shell_run(shell, &input, (unsigned)numbers[SUBSHELL_LINE]);
    }
    text_free(&script);
    return result;
}

/** Runs commands that stand among the words, or in a file. */
static int run_words(struct shell *shell, const struct command_line *line, int count, char **words)
{
    struct input input;
    int next = line->next;
    int descriptor;

    shell->name = words[next];
    if (line->has_commands) {
        shell->name = next + 1 < count ? words[next + 1] : words[0];
        input_from_string(&input, words[next], strlen(words[next]));
        shell_set_arguments(shell, words + next + 2,
                            count > next + 2 ? (size_t)(count - next - 2) : 0);
        return shell_run(shell, &input, 1);
    }
    descriptor = open(words[next], O_RDONLY);
    if (descriptor < 0) {
        shell_say(shell, "%s: %s", words[next], strerror(errno));
        return STATUS_NOT_FOUND; /* POSIX: sh, exit status */
    }
    input_from_file(&input, descriptor, false);
    shell_set_arguments(shell, words + next + 1, (size_t)(count - next - 1));
    return shell_run(shell, &input, 1);
}

/** Runs what comes on standard input. */
static int run_input(struct shell *shell, const struct command_line *line, int count, char **words)
{
    struct input input;
    int status;

    shell->name = words[0];
    shell->is_interactive = line->is_typed || (isatty(STDIN_FILENO) && isatty(STDERR_FILENO));
    shell_set_arguments(shell, words + line->next, (size_t)(count - line->next));
    input_from_file(&input, STDIN_FILENO, true);
    if (!shell->is_interactive) {
        return shell_run(shell, &input, 1);
    }
    status = shell_run_terminal(shell, &input);
    if (shell->leaving != LEAVING_SHELL) {
        fputc('\n', stderr); /* behind the prompt that Ctrl-D has answered */
    }
    return status;
}

/** Lets PWD be the current directory, as POSIX 2.5.3 has it. @return false: no memory for it */
static bool set_directory(struct shell *shell)
{
    const char *inherited = variables_get(&shell->variables, "PWD");
    char path[PATH_MAX];

    return (inherited != NULL && inherited[0] == '/' && builtin_same_file(inherited, ".")) ||
           getcwd(path, sizeof(path)) == NULL || variables_set(&shell->variables, "PWD", path);
}

static int run(struct shell *shell, int count, char **words)
{
    struct command_line line = {0};
    bool is_known;

    if (count == 4 && strcmp(words[1], SUBSHELL_OPTION) == 0) {
        return run_part(shell, words[2], words[3]);
    }
    if (count == 2 && strcmp(words[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    is_known = read_options(shell, count, words, &line);
    if (!is_known || (line.has_commands && line.next == count)) {
        fputs(usage, stderr);
        return STATUS_WRONG;
    }
    if (!set_directory(shell)) {
        shell_say(shell, "not enough memory for PWD");
        return STATUS_FAILED;
    }
    if (line.has_commands || (line.next < count && !line.has_input)) {
        return run_words(shell, &line, count, words);
    }
    return run_input(shell, &line, count, words);
}

/** The shell. @return the status of the last command */
int main(int argc, char **argv)
{
    struct shell shell = {.name = "sh", .pid = getpid()};
    struct files files;
    int status = STATUS_FAILED;

    files_begin(&files);
    shell.files = &files;
    shell.takes_interrupts = isatty(STDIN_FILENO);
    if (variables_import(&shell.variables, environ)) {
        status = run(&shell, argc, argv);
    } else {
        shell_say(&shell, "not enough memory for the environment");
    }
    variables_free(&shell.variables);
    functions_free(&shell.functions);
    jobs_free(&shell.jobs);
    arena_free(&shell.arguments.arena);
    return status;
}
