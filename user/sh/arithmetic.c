/**
 * @file
 * Arithmetic: $((...)), in whole numbers of 64 bits that wrap around. See expand.h.
 *
 * Binary operators are read by the precedence that their table gives. What stands behind && and ||
 * and in the branch of ?: that is not taken is read, but does nothing: `skipped` counts these.
 */
#include "expand.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 40u /* parentheses and signs inside of each other */

/** An expression that is read. */
struct arithmetic {
    struct shell *shell;
    const char *next;
    unsigned skipped;
    unsigned depth;
    const char *error; /**< NULL: none */
};

/** Binary operators. */
enum operation {
    TIMES,
    DIVIDE,
    REMAINDER,
    PLUS,
    MINUS,
    LEFT,
    RIGHT,
    NOT_MORE,
    NOT_LESS,
    LESS,
    MORE,
    EQUAL,
    NOT_EQUAL,
    BITS_AND,
    BITS_XOR,
    BITS_OR,
    AND,
    OR
};

/** How an operator is written, and how tightly it binds. */
struct binary {
    const char *text;
    enum operation operation;
    unsigned precedence;
};

/* The longer ones stand before those that they begin with. */
static const struct binary binaries[] = {
    {"*", TIMES, 10},     {"/", DIVIDE, 10}, {"%", REMAINDER, 10}, {"+", PLUS, 9},
    {"-", MINUS, 9},      {"<<", LEFT, 8},   {">>", RIGHT, 8},     {"<=", NOT_MORE, 7},
    {">=", NOT_LESS, 7},  {"<", LESS, 7},    {">", MORE, 7},       {"==", EQUAL, 6},
    {"!=", NOT_EQUAL, 6}, {"&&", AND, 2},    {"||", OR, 1},        {"&", BITS_AND, 5},
    {"^", BITS_XOR, 4},   {"|", BITS_OR, 3},
};

static long read_assignment(struct arithmetic *state);

static void fail(struct arithmetic *state, const char *why)
{
    if (state->error == NULL) {
        state->error = why;
    }
}

static void skip_blanks(struct arithmetic *state)
{
    while (isspace((unsigned char)*state->next)) {
        state->next++;
    }
}

/** Takes a byte, if it comes next. @return whether it does */
static bool accept(struct arithmetic *state, char byte)
{
    skip_blanks(state);
    if (*state->next != byte) {
        return false;
    }
    state->next++;
    return true;
}

/** @return the number that a text begins with: decimal, 0 octal, 0x hexadecimal */
static long read_number(struct arithmetic *state, const char *text, const char **end)
{
    char *behind;
    long value;

    errno = 0;
    value = (long)strtol(text, &behind, 0);
    if (errno != 0) {
        fail(state, "a number is too large");
    }
    *end = behind;
    return value;
}

/** @return a variable's value; 0: it has none */
static long variable_value(struct arithmetic *state, const char *name)
{
    const char *text = variables_get(&state->shell->variables, name), *end;
    long value;

    if (text == NULL || text[strspn(text, " \t\n")] == '\0') {
        return 0;
    }
    value = read_number(state, text, &end);
    if (end == text || end[strspn(end, " \t\n")] != '\0') {
        fail(state, "a variable is no number");
    }
    return value;
}

/** Calculates. The right operand of a division is not 0. */
static long calculate(enum operation operation, long left, long right)
{
    unsigned long a = (unsigned long)left, b = (unsigned long)right;

    switch (operation) {
    case TIMES:
        return (long)(a * b);
    case DIVIDE:
        return right == -1 ? (long)(0 - a) : left / right;
    case REMAINDER:
        return right == -1 ? 0 : left % right;
    case PLUS:
        return (long)(a + b);
    case MINUS:
        return (long)(a - b);
    case LEFT:
        return (long)(a << (b & 63));
    case RIGHT:
        return left >> (b & 63);
    case NOT_MORE:
        return left <= right;
    case NOT_LESS:
        return left >= right;
    case LESS:
        return left < right;
    case MORE:
        return left > right;
    case EQUAL:
        return left == right;
    case NOT_EQUAL:
        return left != right;
    case BITS_AND:
        return left & right;
    case BITS_XOR:
        return left ^ right;
    case BITS_OR:
        return left | right;
    case AND:
        return left != 0 && right != 0;
    default:
        return left != 0 || right != 0;
    }
}

/** Calculates, if it can be done. */
static long apply(struct arithmetic *state, enum operation operation, long left, long right)
{
    if ((operation == DIVIDE || operation == REMAINDER) && right == 0) {
        if (state->skipped == 0) {
            fail(state, "division by zero");
        }
        return 0;
    }
    return calculate(operation, left, right);
}

/** Gives a variable a value; its name ends at `end`. */
static long assign(struct arithmetic *state, const char *name, long value)
{
    struct text digits = {0};

    text_add_number(&digits, value);
    if (state->skipped == 0 && state->error == NULL &&
        !variables_set(&state->shell->variables, name, text_string(&digits))) {
        fail(state, "not enough memory");
    }
    text_free(&digits);
    return value;
}

/** @return the operator that comes next; NULL: none. An operator with = is an assignment's */
static const struct binary *find_binary(struct arithmetic *state)
{
    skip_blanks(state);
    for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++) {
        if (strncmp(state->next, binaries[i].text, strlen(binaries[i].text)) == 0) {
            return &binaries[i];
        }
    }
    return NULL;
}

/** @return the operator of an assignment, which is taken; NULL: no assignment comes next.
 * @param is_plain set: it is = alone */
static const struct binary *take_assignment(struct arithmetic *state, bool *is_plain)
{
    const struct binary *binary = find_binary(state);
    size_t length = binary == NULL ? 0 : strlen(binary->text);

    *is_plain = state->next[0] == '=' && state->next[1] != '=';
    if (*is_plain) {
        state->next++;
        return NULL;
    }
    if (binary == NULL || state->next[length] != '=' || binary->precedence < 3 ||
        binary->precedence == 6 || binary->precedence == 7) {
        return NULL;
    }
    state->next += length + 1;
    return binary;
}

/** Reads a variable, and what it is set to. */
static long read_variable(struct arithmetic *state)
{
    size_t length = 0;
    struct arena arena = {0};
    const struct binary *binary;
    const char *name;
    bool is_plain;
    long value = 0;

    while (state->next[length] == '_' || isalnum((unsigned char)state->next[length])) {
        length++;
    }
    name = arena_copy(&arena, state->next, length);
    if (name == NULL) {
        fail(state, "not enough memory");
        return 0;
    }
    state->next += length;
    binary = take_assignment(state, &is_plain);
    if (is_plain) {
        value = assign(state, name, read_assignment(state));
    } else if (binary != NULL) {
        value = read_assignment(state);
        value = assign(state, name,
                       apply(state, binary->operation, variable_value(state, name), value));
    } else if (state->skipped == 0) {
        value = variable_value(state, name);
    }
    arena_free(&arena);
    return value;
}

/** Reads a number, a variable, or an expression in parentheses. */
static long read_primary(struct arithmetic *state)
{
    const char *end;
    long value;

    skip_blanks(state);
    if (accept(state, '(')) {
        value = read_assignment(state);
        if (!accept(state, ')')) {
            fail(state, "a ) is missing");
        }
        return value;
    }
    if (*state->next == '_' || isalpha((unsigned char)*state->next)) {
        return read_variable(state);
    }
    if (!isdigit((unsigned char)*state->next)) {
        fail(state, "a number is missing");
        return 0;
    }
    value = read_number(state, state->next, &end);
    state->next = end;
    if (*end == '_' || isalnum((unsigned char)*end)) {
        fail(state, "a number has a digit that it cannot have");
    }
    return value;
}

/** Reads what may have signs before it. */
static long read_unary(struct arithmetic *state)
{
    long value = 0;

    skip_blanks(state);
    if (++state->depth > DEPTH_MAX) {
        fail(state, "nested too deeply");
    } else if (*state->next == '!' && state->next[1] != '=') {
        state->next++;
        value = !read_unary(state);
    } else if (accept(state, '-')) {
        value = (long)(0 - (unsigned long)read_unary(state));
    } else if (accept(state, '+')) {
        value = read_unary(state);
    } else if (accept(state, '~')) {
        value = ~read_unary(state);
    } else {
        value = read_primary(state);
    }
    state->depth--;
    return value;
}

/** Reads operands as long as the operators between them bind at least so tightly. */
static long read_binary(struct arithmetic *state, unsigned precedence)
{
    long left = read_unary(state);
    const struct binary *binary = find_binary(state);

    while (state->error == NULL && binary != NULL && binary->precedence >= precedence) {
        bool decides =
            (binary->operation == AND && left == 0) || (binary->operation == OR && left != 0);
        long right;

        state->next += strlen(binary->text);
        state->skipped += decides;
        right = read_binary(state, binary->precedence + 1);
        state->skipped -= decides;
        left = apply(state, binary->operation, left, right);
        binary = find_binary(state);
    }
    return left;
}

/** Reads a whole expression: ?: binds least. (Assignments begin with a variable.) */
static long read_assignment(struct arithmetic *state)
{
    long value = 0, first, second;

    if (++state->depth > DEPTH_MAX) {
        fail(state, "nested too deeply");
    } else {
        value = read_binary(state, 1);
    }
    if (state->error == NULL && accept(state, '?')) {
        state->skipped += value == 0;
        first = read_assignment(state);
        state->skipped -= value == 0;
        if (!accept(state, ':')) {
            fail(state, "a : is missing");
        }
        state->skipped += value != 0;
        second = read_assignment(state);
        state->skipped -= value != 0;
        value = value != 0 ? first : second;
    }
    state->depth--;
    return value;
}

/**
 * Calculates.
 *
 * @param shell  its variables are used
 * @param text   the expression; an empty one is 0
 * @param value  set
 * @return false: it is no expression, which was told
 */
bool expand_arithmetic(struct shell *shell, const char *text, long *value)
{
    struct arithmetic state = {.shell = shell, .next = text};

    skip_blanks(&state);
    *value = *state.next == '\0' ? 0 : read_assignment(&state);
    skip_blanks(&state);
    if (*state.next != '\0') {
        fail(&state, "an operator is missing, or not known");
    }
    if (state.error != NULL) {
        shell_say(shell, "$((%.60s)): %s", text, state.error);
        shell_give_up(shell, STATUS_WRONG);
    }
    return state.error == NULL;
}
