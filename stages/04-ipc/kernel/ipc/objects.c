/**
 * @file
 * Where endpoints and notifications come from: two pools. What no slot names is free.
 */
#include "ipc/objects.h"

static struct endpoint endpoints[OBJECT_LIMIT];
static struct notification notifications[OBJECT_LIMIT];

/** @return an endpoint that no slot names; NULL when all are in use */
struct endpoint *object_claim_endpoint(void)
{
    for (size_t i = 0; i < OBJECT_LIMIT; i++) {
        if (endpoints[i].slots == 0) {
            return &endpoints[i];
        }
    }
    return NULL;
}

/** @return a notification that no slot names; NULL when all are in use */
struct notification *object_claim_notification(void)
{
    for (size_t i = 0; i < OBJECT_LIMIT; i++) {
        if (notifications[i].slots == 0) {
            return &notifications[i];
        }
    }
    return NULL;
}
