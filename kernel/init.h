/**
 * @file
 * The order in which the kernel is put together. The table is made from the stages' manifests.
 */
#pragma once

/** All steps, the first one first. Each brings one part of the kernel to life, and may rely on all
 * steps before it. */
extern void (*const init_steps[])(void);
/** How many there are. */
extern const unsigned init_step_count;

/** What the kernel hands over to when all steps are done; does not return. */
extern void (*const init_start)(void);
