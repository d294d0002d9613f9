/**
 * @file
 * The built-in commands test and [: questions whose answer is a status.
 *
 * Up to three words mean what POSIX says. More are read as an expression: -o binds least, then -a,
 * then !.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin.h"

#define DEPTH_MAX 30u

/** Words that are read. */
struct question {
    struct shell *shell;
    char *const *next, *const *end;
    unsigned depth;
    bool is_wrong; /**< it is no expression, which was told */
};

static bool read_or(struct question *question);

static void refuse(struct question *question, const char *word, const char *why)
{
    if (!question->is_wrong) {
        shell_say(question->shell, "test: %s: %s", word, why);
    }
    question->is_wrong = true;
}

static long number_of(struct question *question, const char *word)
{
    char *end;
    long number;

    errno = 0;
    number = strtol(word, &end, 10);
    while (isspace((unsigned char)*end)) {
        end++;
    }
    if (end == word || *end != '\0' || errno != 0) {
        refuse(question, word, "not a number");
    }
    return number;
}

static bool is_unary(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && word[2] == '\0' &&
           strchr("bcdefghLnprSstuwxz", word[1]) != NULL;
}

/** Answers a question about a file's kind or size. */
static bool ask_status(char letter, const char *path)
{
    bool of_link = letter == 'h' || letter == 'L';
    struct stat status;

    if ((of_link ? lstat : stat)(path, &status) != 0) {
        return false;
    }
    switch (letter) {
    case 'b':
        return S_ISBLK(status.st_mode);
    case 'c':
        return S_ISCHR(status.st_mode);
    case 'd':
        return S_ISDIR(status.st_mode);
    case 'f':
        return S_ISREG(status.st_mode);
    case 'h':
    case 'L':
        return S_ISLNK(status.st_mode);
    case 'p':
        return S_ISFIFO(status.st_mode);
    case 'S':
        return S_ISSOCK(status.st_mode);
    case 's':
        return status.st_size > 0;
    case 'g':
        return (status.st_mode & S_ISGID) != 0;
    case 'u':
        return (status.st_mode & S_ISUID) != 0;
    default: /* e */
        return true;
    }
}

/** Answers a question with one operand. */
static bool ask_one(struct question *question, const char *operator_word, const char *word)
{
    long descriptor;

    switch (operator_word[1]) {
    case 'n':
        return word[0] != '\0';
    case 'z':
        return word[0] == '\0';
    case 'r':
        return access(word, R_OK) == 0;
    case 'w':
        return access(word, W_OK) == 0;
    case 'x':
        return access(word, X_OK) == 0;
    case 't':
        descriptor = number_of(question, word);
        return descriptor >= 0 && descriptor < FILES_MAX &&
               isatty(question->shell->files->own[descriptor]);
    default:
        return ask_status(operator_word[1], word);
    }
}

/** Questions with two operands. */
enum comparison {
    NO_COMPARISON,
    SAME_TEXT,
    OTHER_TEXT,
    TEXT_LESS,
    TEXT_MORE,
    EQUAL,
    NOT_EQUAL,
    LESS,
    NOT_MORE,
    MORE,
    NOT_LESS,
    NEWER,
    OLDER,
    SAME_FILE,
    COMPARISONS
};

static enum comparison comparison_of(const char *word)
{
    static const char *const names[COMPARISONS] = {"",    "=",   "!=",  "<",   ">",   "-eq", "-ne",
                                                   "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

    for (int i = NO_COMPARISON + 1; i < COMPARISONS; i++) {
        if (strcmp(word, names[i]) == 0) {
            return (enum comparison)i;
        }
    }
    return strcmp(word, "==") == 0 ? SAME_TEXT : NO_COMPARISON;
}

/** @return whether two paths lead to one file, which is there */
bool builtin_same_file(const char *left, const char *right)
{
    struct stat a, b;

    return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

/** Compares when two files were changed. One that is not there is older than any. */
static bool compare_files(enum comparison comparison, const char *left, const char *right)
{
    struct stat a, b;
    bool has_left = stat(left, &a) == 0, has_right = stat(right, &b) == 0;

    if (comparison == NEWER) {
        return has_left && (!has_right || a.st_mtime > b.st_mtime);
    }
    return has_right && (!has_left || a.st_mtime < b.st_mtime);
}

static bool compare_numbers(enum comparison comparison, long left, long right)
{
    switch (comparison) {
    case EQUAL:
        return left == right;
    case NOT_EQUAL:
        return left != right;
    case LESS:
        return left < right;
    case NOT_MORE:
        return left <= right;
    case MORE:
        return left > right;
    default:
        return left >= right;
    }
}

/** Answers a question with two operands. */
static bool ask_two(struct question *question, const char *left, const char *sign,
                    const char *right)
{
    enum comparison comparison = comparison_of(sign);

    switch (comparison) {
    case SAME_TEXT:
        return strcmp(left, right) == 0;
    case OTHER_TEXT:
        return strcmp(left, right) != 0;
    case TEXT_LESS:
        return strcmp(left, right) < 0;
    case TEXT_MORE:
        return strcmp(left, right) > 0;
    case NEWER:
    case OLDER:
        return compare_files(comparison, left, right);
    case SAME_FILE:
        return builtin_same_file(left, right);
    default:
        return compare_numbers(comparison, number_of(question, left), number_of(question, right));
    }
}

/** @return how many words are left */
static size_t left(const struct question *question)
{
    return (size_t)(question->end - question->next);
}

static bool comes(const struct question *question, const char *word)
{
    return left(question) != 0 && strcmp(*question->next, word) == 0;
}

/** Reads a question, or an expression in parentheses. */
static bool read_primary(struct question *question)
{
    char *const *words = question->next;
    bool answer;

    if (left(question) >= 3 && comparison_of(words[1]) != NO_COMPARISON) {
        question->next += 3;
        return ask_two(question, words[0], words[1], words[2]);
    }
    if (left(question) >= 2 && strcmp(words[0], "(") == 0) {
        question->next++;
        answer = read_or(question);
        if (!comes(question, ")")) {
            refuse(question, "(", "not closed");
        } else {
            question->next++;
        }
        return answer;
    }
    if (left(question) >= 2 && is_unary(words[0])) {
        question->next += 2;
        return ask_one(question, words[0], words[1]);
    }
    if (left(question) == 0) {
        refuse(question, "the expression", "something is missing");
        return false;
    }
    question->next++;
    return words[0][0] != '\0';
}

static bool read_not(struct question *question)
{
    bool is_not = false;

    while (comes(question, "!") && left(question) > 1 &&
           !(left(question) == 3 && comparison_of(question->next[1]) != NO_COMPARISON)) {
        is_not = !is_not;
        question->next++;
    }
    return read_primary(question) != is_not;
}

static bool read_and(struct question *question)
{
    bool answer = read_not(question);

    while (!question->is_wrong && comes(question, "-a")) {
        question->next++;
        answer = read_not(question) && answer;
    }
    return answer;
}

static bool read_or(struct question *question)
{
    bool answer = false;

    if (++question->depth > DEPTH_MAX) {
        refuse(question, "(", "nested too deeply");
    } else {
        answer = read_and(question);
    }
    while (!question->is_wrong && comes(question, "-o")) {
        question->next++;
        answer = read_and(question) || answer;
    }
    question->depth--;
    return answer;
}

/** Answers a question. @return 0: yes; 1: no; STATUS_WRONG: it makes no sense */
int builtin_test(struct shell *shell, size_t count, char **words)
{
    struct question question = {.shell = shell, .next = words + 1, .end = words + count};
    bool answer;

    if (words[0][0] == '[') {
        if (strcmp(words[count - 1], "]") != 0 || count == 1) {
            shell_say(shell, "[: a ] is missing");
            return STATUS_WRONG;
        }
        question.end--;
    }
    if (left(&question) == 0) {
        return STATUS_FAILED;
    }
    if (left(&question) == 1) {
        return question.next[0][0] == '\0' ? STATUS_FAILED : 0;
    }
    answer = read_or(&question);
    if (left(&question) != 0) {
        refuse(&question, *question.next, "not expected");
    }
    return question.is_wrong ? STATUS_WRONG : answer ? 0 : STATUS_FAILED;
}
