/**
 * @file
 * Messages: who waits for an answer.
 */
#pragma once

#include <stdint.h>

void messages_give_up(uint64_t client, uint64_t serial);
void messages_end(uint64_t client);
