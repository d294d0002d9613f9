/**
 * @file
 * What the program pages can be asked to do with its memory.
 */
#pragma once

/** The program's argument. All from PAGES_NULL on are its end. */
enum pages_deed {
    PAGES_STACK,     /**< uses a large stack, which grows */
    PAGES_CALLS,     /**< makes calls about memory, right ones and wrong ones */
    PAGES_NULL,      /**< reads where no page is */
    PAGES_UNMAPPED,  /**< reads a page that it has given back */
    PAGES_READ_ONLY, /**< writes to a page that it may only read */
    PAGES_SHARED,    /**< writes to a shared region that it may only read */
    PAGES_DEEDS      /**< how many there are */
};
