/**
 * @file
 * Vectors of interrupts.
 */
#pragma once

#define INTERRUPT_VECTOR 32u /* vector of line 0; exceptions stand below */
