/**
 * @file
 * How bad the bad pager is.
 */
#pragma once

/** The bad pager's argument. */
enum bad_pager_kind {
    BAD_PAGER_SILENT, /**< never answers; ends its client in the end, with BAD_PAGER_KILLED */
    BAD_PAGER_LIAR,   /**< says many times that the page is there, and it is not; then refuses */
    BAD_PAGER_DEAD,   /**< ends, and its client waits for it */
    BAD_PAGER_KINDS   /**< how many there are */
};

#define BAD_PAGER_KILLED (-7) /**< exit status */
