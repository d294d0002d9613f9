/**
 * @file
 * The model's system calls.
 */
#pragma once

#include "abi/call.h"
#include "models/model.h"

enum error model_serve(enum call_number call, const uint64_t arguments[4], uint64_t *value);
