/**
 * @file
 * What the culprit can be asked to do.
 */
#pragma once

/** The culprit's argument. Each has a function commit_NAME in culprit.c. */
enum crime {
    CRIME_PRIVILEGED,
    CRIME_DIVIDE,
    CRIME_INVALID,
    CRIME_BREAKPOINT,
    CRIME_READ_KERNEL,
    CRIME_WRITE_TEXT,
    CRIME_RUN_DATA,
    CRIME_NOT_CANONICAL,
    CRIME_STEP,
    CRIME_PORT,
    CRIMES /**< how many there are */
};
