/**
 * @file
 * Commands: what of them the parts of the harness share.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vfs/node.h"

#define WORDS 8u
#define PATTERN 65536u

/** A command: its words, and its answer behind the error number. */
struct command {
    char *words[WORDS];
    unsigned count;
    char answer[1 << 20];
};

extern struct command command;
extern uint8_t pattern[PATTERN];

uint64_t number(unsigned word);
const struct file_system *system_of(void);

/* contents.c: what is in nodes */
int read_node(struct node *node, uint64_t offset, size_t size);
int write_node(struct node *node, uint64_t offset, size_t size, uint64_t seed);
int tell_bytes(struct node *node);
int tell_status(struct node *node);
int read_link(struct node *node);
int list(struct node *node);

/* names.c: names that come, move and go */
int make_link(void);
int make_file(void);
int make_directory(void);
int take_file(void);
int take_directory(void);
int link_name(void);
int rename_name(void);
