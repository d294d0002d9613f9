/**
 * @file
 * Services: endpoints that the root task keeps, whoever receives from them.
 */
#pragma once

#include "abi/error.h"
#include "privileges.h"
#include "slot.h"

const char *services_serve(struct privileges *privileges, const char *name);
const char *services_call(struct privileges *privileges, const char *name);
const char *services_missing(const struct privileges *privileges);
enum error services_make(slot memory);
slot service_caller(uint32_t service);
slot service_receiver(uint32_t service);
