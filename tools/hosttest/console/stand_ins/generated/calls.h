/**
 * @file
 * On the host there are no kernel calls.
 */
#pragma once

#define CALL_LIST(CALL) CALL(0, NONE, none)
