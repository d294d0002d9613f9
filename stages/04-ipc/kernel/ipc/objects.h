/**
 * @file
 * Where endpoints and notifications come from.
 */
#pragma once

#include "ipc/endpoint.h"

#define OBJECT_LIMIT 256u /* of each kind */

struct endpoint *object_claim_endpoint(void);
struct notification *object_claim_notification(void);
