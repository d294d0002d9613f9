/**
 * @file
 * Tests of page_unmap(): in address spaces that are not loaded, and in the one that is, where the
 * CPU knows the pages already.
 */
#include "arch/page_table.h"
#include "catch.h"
#include "guest.h"
#include "lib/string.h"
#include "pages.h"

#define PAGES 24u
#define NO_EXECUTE ((uint64_t)1 << 63)
#define PRESENT_USER 5u
#define USED_FLAGS 0x62u /* writable, accessed, dirty: set or not (Intel SDM Vol. 3A table 4-20) */
#define FRAME_BITS 40u

/* --- entries --- */

/** What page_map() and the CPU may have made of a page. */
static uint64_t any_entry(uint64_t *frame)
{
    uint64_t flags = (guest_random() & USED_FLAGS) | (guest_random() & NO_EXECUTE);

    *frame = (1 + guest_random() % ((1ul << FRAME_BITS) - 1)) * GUEST_PAGE_SIZE;
    return *frame | PRESENT_USER | flags;
}

/** The first calls of a round stand for its pages: what they say is mapped in the beginning. */
static void fill(struct guest_page_round *round)
{
    round->root = guest_page_root();
    for (unsigned i = 0; i < PAGES; i++) {
        struct guest_page_call *page = &round->calls[i];

        do {
            page->address =
                i == 0 ? guest_page_address() : guest_page_near(round->calls[i - 1].address);
        } while (page_find(round->root, page->address, &(unsigned){0}) != 0);
        guest_page_put(round->root, page->address, any_entry(&page->frame));
    }
    round->begun = true;
}

static void unmap(struct guest_page_round *round, struct guest_page_call *call, uint64_t address)
{
    call->address = address;
    call->begun = true;
    call->result = page_unmap(round->root, address);
    call->finished = true;
}

/** Pages, the same again, and neighbours with and without tables. */
void guest_test_unmap_entries(void);
void guest_test_unmap_entries(void)
{
    guest_pages_begin();
    for (unsigned i = 0; i < GUEST_PAGE_ROUNDS; i++) {
        struct guest_page_round *round = &guest_page_rounds[i];

        fill(round);
        for (unsigned j = PAGES; j < GUEST_PAGE_CALLS; j++) {
            uint64_t address = round->calls[guest_random_below(j)].address;

            unmap(round, &round->calls[j], j % 2 == 0 ? address : guest_page_near(address));
        }
    }
    guest_checkpoint("done");
}

/* --- what the CPU remembers --- */

#define VISITS 48u
#define TOUCHED 16u              /* pages of the loaded space */
#define ALIGNMENT_CHECK 0x40000u /* RFLAGS.AC: the kernel may touch user memory (4.6.1) */

/** A page that is read, taken away, and read again. */
struct guest_visit {
    bool begun, finished;
    uint64_t address, frame, word; /**< `word` stands at the page's beginning */
    uint64_t first, result;        /**< what was read; what page_unmap() returned */
    bool returned;                 /**< whether the second reading found something */
    uint64_t second;
    struct guest_caught caught; /**< if it did not */
};

/** Read by the grader. */
struct guest_visit guest_visits[VISITS];
uint64_t guest_visit_root;

static uint64_t word_read;

static void read_word(void *address)
{
    uint64_t flags;

    __asm__ volatile("pushfq\n\t"
                     "popq %0"
                     : "=r"(flags));
    __asm__ volatile("pushq %1\n\t"
                     "popfq\n\t"
                     "movq (%2), %0\n\t"
                     "pushq %3\n\t"
                     "popfq"
                     : "=&r"(word_read)
                     : "r"(flags | ALIGNMENT_CHECK), "r"(address), "r"(flags)
                     : "memory", "cc");
}

/** A root whose upper half is the kernel's, as the CPU needs it. */
static uint64_t loadable_root(void)
{
    uint64_t root = guest_page_new();
    size_t half = GUEST_USER_ENTRIES * sizeof(uint64_t);

    memcpy(guest_page_table(root) + GUEST_USER_ENTRIES,
           guest_page_table(page_kernel_root()) + GUEST_USER_ENTRIES, half);
    return root;
}

static void visit(struct guest_visit *visit, uint64_t address)
{
    visit->address = address;
    visit->frame = guest_page_new();
    visit->word = guest_random();
    *guest_page_table(visit->frame) = visit->word;
    guest_page_put(guest_visit_root, address, visit->frame | GUEST_TABLE_FLAGS | NO_EXECUTE);
    visit->begun = true;
    if (!guest_try(read_word, (void *)address, &visit->caught)) {
        guest_report_text("trouble", "the test cannot read its own page");
        guest_end();
    }
    visit->first = word_read;
    visit->result = page_unmap(guest_visit_root, address);
    visit->returned = guest_try(read_word, (void *)address, &visit->caught);
    visit->second = word_read;
    visit->finished = true;
}

void guest_test_unmap_forgets(void);
void guest_test_unmap_forgets(void)
{
    uint64_t addresses[TOUCHED];

    guest_pages_begin();
    guest_visit_root = loadable_root();
    page_load(guest_visit_root);
    for (unsigned i = 0; i < TOUCHED; i++) {
        addresses[i] = i == 0 ? guest_page_address() : guest_page_near(addresses[i - 1]);
    }
    for (unsigned i = 0; i < VISITS; i++) { /* the same pages again and again, with other frames */
        visit(&guest_visits[i], addresses[guest_random_below(TOUCHED)]);
    }
    guest_checkpoint("done");
}
