/**
 * @file
 * The suites.
 */
#pragma once

/* Of any stage. */
void queue_run(unsigned steps);
void text_run(unsigned steps);

/* Of stage 05: paging/. */
void elf_run(unsigned steps);
void frames_run(unsigned steps);
void map_run(unsigned steps);
void pages_run(unsigned steps);
void system_run(unsigned steps);

/* Of stage 06 and later ones: capabilities/. */
void derivation_run(unsigned steps);
void levels_run(unsigned steps);
