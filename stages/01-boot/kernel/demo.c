/**
 * @file
 * What stage 01 shows: the machine has booted, and what a panic looks like.
 */
#include "arch/boot.h"
#include "arch/machine.h"
#include "debug/printk.h"
#include "lib/string.h"

/* Nothing is mapped there; volatile, so that the compiler has no part in the mistake. */
static volatile uintptr_t unmapped_address = 0x1000;

/** A mistake of the everyday kind, a few calls deep, so that the backtrace has something to tell.
 */
static __attribute__((noinline)) int read_through_bad_pointer(const volatile int *pointer)
{
    printk("[demo] reading a page that is not there\n");
    return *pointer + 1;
}

static __attribute__((noinline)) void show_panic(void)
{
    printk("[demo] it holds %d\n",
           read_through_bad_pointer((const volatile int *)unmapped_address));
}

static bool is_asked_for(const char *word)
{
    size_t length = strlen(word);

    for (const char *at = boot_info.command_line; *at != '\0'; at++) {
        if (memcmp(at, word, length) == 0 && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

/**
 * The demonstration. With the word "panic" on the kernel's command line it ends in one.
 */
void demo_main(void)
{
    if (is_asked_for("panic")) {
        show_panic();
    }
    printk("[demo] stage 01 has booted; nothing more to do\n");
    machine_stop(STOP_DONE);
}
