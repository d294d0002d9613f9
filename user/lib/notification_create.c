/**
 * @file
 * Making notifications.
 */
#include "notification.h"

#include "capability.h"

/**
 * Makes a notification, with all rights and no badge.
 *
 * @param into  an empty slot
 * @return as object_create()
 */
enum error notification_create(slot into)
{
    return object_create(OBJECT_NOTIFICATION, 0, into);
}
