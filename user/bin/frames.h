/**
 * @file
 * What the program frames can be asked to do with its memory.
 */
#pragma once

/** The program's argument. All from FRAMES_NULL on are its end. */
enum frames_deed {
    FRAMES_STACK,     /**< uses a large stack, which grows */
    FRAMES_CALLS,     /**< makes calls about frames, right ones and wrong ones */
    FRAMES_NULL,      /**< reads where no page is */
    FRAMES_UNMAPPED,  /**< reads a page that it has unmapped */
    FRAMES_READ_ONLY, /**< writes to a page that it may only read */
    FRAMES_REVOKED,   /**< reads a page whose capability it has revoked */
    FRAMES_SHARED,    /**< writes to a shared region that it may only read */
    FRAMES_DEEDS      /**< how many there are */
};
