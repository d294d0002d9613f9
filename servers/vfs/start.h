/**
 * @file
 * The server's start.
 */
#pragma once

void start_begin(void);
