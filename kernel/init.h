/**
 * @file
 * The order in which the kernel is put together. The table is made from the stages' manifests.
 */
#pragma once

/** A step: brings one part of the kernel to life. It may rely on all steps before it. */
struct init_step {
    const char *name;
    void (*run)(void);
};

/** All steps, the first one first. */
extern const struct init_step init_steps[];
/** How many there are. */
extern const unsigned init_step_count;

/** What the kernel hands over to when all steps are done; does not return. */
extern void (*const init_start)(void);

void demo_main(void);
