/**
 * @file
 * Stands in for the root task's protocol: a place for the heap that a program of the host has.
 */
#pragma once

#define INIT_HEAP_START 0x0000600000000000ul
