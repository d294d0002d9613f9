/**
 * @file
 * The slots of the hostile tasks.
 */
#pragma once

#define SLOT_FIRST 2u /* an endpoint of all, with every right; behind it a notification likewise */
#define SLOT_ECHO 4u  /* an endpoint whose server always answers: to send */
#define SLOT_FREE 5u  /* from here on: whatever comes */

#define MOMENT_EVERY 64u /* calls, on average */
