/**
 * @file
 * The fast path of message calls.
 */
#pragma once

void fastpath_init(void);
