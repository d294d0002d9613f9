/**
 * @file
 * How a faulty pager is at fault.
 */
#pragma once

/** The faulty pager's argument. */
enum faulty_pager_kind {
    FAULTY_PAGER_SILENT, /**< never answers; takes its client's memory back in the end */
    FAULTY_PAGER_LIAR,   /**< says many times that the page is there, and it is not; then refuses */
    FAULTY_PAGER_DEAD,   /**< ends, and its client goes with it */
    FAULTY_PAGER_KINDS   /**< how many there are */
};
