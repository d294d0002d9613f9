/**
 * @file
 * The suites.
 */
#pragma once

void system_run(unsigned steps);
void pages_run(unsigned steps);
void elf_run(unsigned steps);
void frames_run(unsigned steps);
void map_run(unsigned steps);
void queue_run(unsigned steps);
void text_run(unsigned steps);
