/**
 * @file
 * Parts of a path (IEEE 1003.1, libgen.h). Both may change the text that they get, and may give a
 * part of it.
 */
#pragma once

/** @return the last name in a path */
char *basename(char *path);
/** @return what comes before that */
char *dirname(char *path);
