/**
 * @file
 * What a parsed command is made of.
 *
 * A word is a row of parts: text, and what is put in its place when the command is run. A list is a
 * chain of nodes, each run when the one before has ended. Everything is in the arena of the program
 * (parser.h) that it was read as a part of; nothing is changed after parsing.
 */
#pragma once

#include <stdbool.h>

/** Kinds of parts. */
enum part_kind {
    PART_TEXT,       /**< text */
    PART_PARAMETER,  /**< $text, ${text OPERATOR inner} */
    PART_COMMAND,    /**< $(text), parsed: list */
    PART_ARITHMETIC, /**< $((inner)) */
};

/** What is done with a parameter's value. */
enum part_operator {
    OPERATOR_NONE,
    OPERATOR_LENGTH,      /**< ${#NAME} */
    OPERATOR_DEFAULT,     /**< `${NAME-WORD}` */
    OPERATOR_ASSIGN,      /**< `${NAME=WORD}` */
    OPERATOR_ERROR,       /**< `${NAME?WORD}` */
    OPERATOR_ALTERNATIVE, /**< `${NAME+WORD}` */
    OPERATOR_PREFIX,      /**< `${NAME#PATTERN}` */
    OPERATOR_PREFIX_LONGEST /**< `${NAME##PATTERN}` */,
    OPERATOR_SUFFIX,        /**< `${NAME%PATTERN}` */
    OPERATOR_SUFFIX_LONGEST /**< `${NAME%%PATTERN}` */
};

struct node;

/** A piece of a word. */
struct part {
    enum part_kind kind;
    bool is_quoted; /**< it is not split, and no pattern */
    bool or_empty;  /**< a colon before the operator: an empty value is as good as none */
    enum part_operator operation;
    const char *text;
    const struct part *inner;
    const struct node *list;
    struct part *next;
};

/** A word. No parts: the word is empty, and nothing says that it is meant to be there. */
struct word {
    const struct part *parts;
    struct word *next;
};

/** Kinds of redirections. */
enum redirection_kind {
    REDIRECTION_READ,       /**< < */
    REDIRECTION_WRITE,      /**< > and >| */
    REDIRECTION_APPEND,     /**< >> */
    REDIRECTION_READ_WRITE, /**< <> */
    REDIRECTION_DUPLICATE,  /**< >& and <& */
    REDIRECTION_DOCUMENT    /**< << and <<- */
};

/** A redirection. */
struct redirection {
    enum redirection_kind kind;
    int number;                  /**< the descriptor that is redirected */
    const struct word *target;   /**< all but documents */
    const struct part *document; /**< what it says */
    struct redirection *next;
};

/** Kinds of nodes, and which fields they use. All but the first three may have redirections,
 * too. */
enum node_kind {
    NODE_PIPELINE, /**< first: the chain of its commands; is_negated; may be one command alone */
    NODE_AND_OR,   /**< first: the chain, joined by `joint` */
    NODE_FUNCTION, /**< name, text: of its body */
    NODE_SIMPLE,   /**< assignments, words */
    NODE_SUBSHELL, /**< first, text: of what is between the parentheses */
    NODE_GROUP,    /**< first */
    NODE_IF,       /**< clauses: condition and body; no condition: else */
    NODE_WHILE,    /**< clauses: one */
    NODE_UNTIL,    /**< clauses: one */
    NODE_FOR,      /**< name, words, has_words; first: the body */
    NODE_CASE      /**< words: one; clauses: patterns and body */
};

/** How a node of a chain is joined to the one before. */
enum joint { JOINT_NONE, JOINT_AND, JOINT_OR };

/** One of several lists that a node chooses from. */
struct clause {
    const struct node *condition; /**< NULL: none */
    const struct word *patterns;
    const struct node *body; /**< NULL: nothing to do */
    struct clause *next;
};

/** A command. */
struct node {
    enum node_kind kind;
    enum joint joint;
    bool is_background; /**< & stands behind it */
    bool is_negated;
    bool has_words; /**< `in` was said, so the words count even if there are none */
    unsigned line;  /**< where it begins, from 1 on */
    const struct node *first;
    struct node *next; /**< in its chain */
    const char *name;
    const char *text;               /**< its source: of all that another shell may have to run */
    const struct word *assignments; /**< each begins with NAME= */
    const struct word *words;
    const struct clause *clauses;
    const struct redirection *redirections;
    /* while it is parsed: */
    unsigned long start, end; /**< where its source is */
    struct node *wanting;     /**< the next one whose text is to be copied */
};
