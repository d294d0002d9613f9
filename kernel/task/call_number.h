/**
 * @file
 * The numbers of the kernel calls.
 */
#pragma once

enum call_number {
    CALL_CREATE, /**< name, program, argument -> thread id */
    CALL_EXIT,   /**< status; never answered */
    CALL_YIELD,  /**< nothing */
    CALL_SLEEP,  /**< milliseconds */
    CALL_JOIN,   /**< thread id -> exit status */
    CALL_SELF,   /**< -> thread id */
    CALL_COUNT,
};
