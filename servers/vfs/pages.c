/**
 * @file
 * Pages of memory: a pool of a fixed size.
 */
#include "pages.h"

#include <stdint.h>
#include <string.h>

/** A page that is free. */
struct free_page {
    struct free_page *next;
};

static uint8_t pages[PAGES_MAX][PAGE_BYTES] __attribute__((aligned(PAGE_BYTES)));
static size_t used_once; /* those behind have never been taken */
static struct free_page *given_back;
static size_t taken;

/** @return a page that is all 0; NULL: there is none */
void *page_take(void)
{
    struct free_page *page = given_back;

    if (page != NULL) {
        given_back = page->next;
        memset(page, 0, PAGE_BYTES);
    } else if (used_once < PAGES_MAX) {
        page = (struct free_page *)pages[used_once++];
    } else {
        return NULL;
    }
    taken++;
    return page;
}

/** Gives a page back. @param page from page_take() */
void page_give(void *page)
{
    struct free_page *free = page;

    free->next = given_back;
    given_back = free;
    taken--;
}

/** @return pages that can be taken */
size_t pages_free(void)
{
    return PAGES_MAX - taken;
}
