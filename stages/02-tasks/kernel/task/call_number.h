/**
 * @file
 * The numbers of the kernel calls.
 */
#pragma once

/** What a thread can ask for; the arguments that the call takes, and what it gives. */
enum call_number {
    CALL_CREATE, /**< name, program, argument -> thread id */
    CALL_EXIT,   /**< status; never answered */
    CALL_YIELD,  /**< nothing */
    CALL_SLEEP,  /**< milliseconds */
    CALL_JOIN,   /**< thread id -> exit status */
    CALL_SELF,   /**< -> thread id */
    CALL_COUNT,  /**< how many calls there are */
};
