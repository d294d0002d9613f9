/**
 * @file
 * A test program's beginning, its end, and the memory that its reports go to.
 *
 * The grader starts each boot with copies of the programs in which guest_seed and guest_arguments
 * have other values, and reads guest_reports from outside. It may stop the machine at any moment: a
 * line counts from the moment on that `length` covers it.
 */
#include "guest_program.h"

#include "../common/sink.h"
#include "program.h"
#include "task.h"

#define REPORTS_SIZE 0x10000
#define PAGE_SIZE 4096u
#define IN_THE_FILE __attribute__((section(".data"))) /* where the grader can change it */
#define BEGIN "begin"                                 /* the checkpoint of every program */

extern const char program_start_address[], program_end_address[]; /* user/program.ld */

uint64_t guest_seed IN_THE_FILE;

static volatile uint64_t guest_arguments[GUEST_ARGUMENTS] IN_THE_FILE;

/** All lines so far. */
static struct {
    volatile uint64_t length; /**< bytes of `text` that count */
    volatile uint64_t lost;   /**< lines that did not fit */
    volatile char text[REPORTS_SIZE];
} guest_reports;

static size_t position; /* one past the last character of the line that is being written */

uint64_t guest_line_begin(void)
{
    position = guest_reports.length;
    return 0;
}

void guest_put(char character)
{
    if (position < REPORTS_SIZE) {
        guest_reports.text[position] = character;
    }
    position++;
}

void guest_line_end(uint64_t unused)
{
    (void)unused;
    guest_put('\n');
    if (position <= REPORTS_SIZE) {
        guest_reports.length = position;
    } else {
        guest_reports.lost++;
    }
}

uint64_t guest_argument(unsigned place)
{
    return guest_arguments[place];
}

noreturn void guest_end(void)
{
    guest_finished();
    task_exit(0);
}

/** Has all of the program in memory, for where pages come when they are needed: the grader reads
 * them without asking. */
static void touch_all(void)
{
    for (const volatile char *page = program_start_address; page < program_end_address;
         page += PAGE_SIZE) {
        (void)*page;
    }
}

int64_t main(uint64_t argument)
{
    int64_t status;

    touch_all();
    guest_random_start(guest_seed);
    guest_checkpoint(BEGIN);
    status = guest_main(argument);
    guest_finished();
    return status;
}
