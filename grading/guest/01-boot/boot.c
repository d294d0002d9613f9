/**
 * @file
 * The stage as a whole: a panic for real, through the kernel's own gates. (The boot as such needs
 * no program of its own: guest_test_boot in guest.c.)
 */
#include "debug/printk.h"
#include "guest.h"
#include "traps.h"

uint64_t guest_bad_address;

void guest_test_boot_panic(void);

/** Says something that nobody can know beforehand, and reads where nothing is. */
void guest_test_boot_panic(void)
{
    uint64_t nonce = guest_random();

    guest_bad_address = 0x1000 + guest_random_below((uint64_t)1 << 46);
    guest_report_hex("nonce", nonce);
    printk("[test] %016lx is %ld\n", nonce, (int64_t)nonce);
    guest_read.raise(guest_bad_address);
}
