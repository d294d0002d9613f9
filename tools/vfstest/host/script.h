/**
 * @file
 * The script: what clients ask, and what they are told.
 */
#pragma once

#include "host.h"

/** A request of the script. */
struct host_request {
    uint64_t client, serial, label, words[6], notification;
    uint64_t size; /**< bytes */
    uint8_t bytes[4096];
    bool wants_answer;
};

bool script_next(struct host_request *request);
void script_read(void);
bool script_gives_up(uint64_t client, uint64_t serial);
void script_answer(const struct host_request *to, const struct message *answer);
void script_idle(void);
