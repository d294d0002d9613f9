/**
 * @file
 * Making endpoints.
 */
#include "capability.h"
#include "endpoint.h"

/**
 * Makes an endpoint, with all rights and no badge.
 *
 * @param into  an empty slot
 * @return as object_create()
 */
enum error endpoint_create(slot into)
{
    return object_create(OBJECT_ENDPOINT, 0, into);
}
