/**
 * @file
 * What the offender can be asked to do.
 */
#pragma once

/** The offender's argument. */
enum offence {
    OFFENCE_PRIVILEGED,
    OFFENCE_KERNEL_JUMP,
    OFFENCE_DIVIDE,
    OFFENCE_UNALIGNED,
    OFFENCE_STACK,
    OFFENCE_TEXT_WRITE,
    OFFENCE_KERNEL_READ,
    OFFENCE_DATA_RUN,
    OFFENCE_BREAKPOINT,
    OFFENCE_HALT,
    OFFENCE_PORT,
    OFFENCE_NOT_CANONICAL,
    OFFENCE_SINGLE_STEP,
    OFFENCES /**< how many there are */
};
