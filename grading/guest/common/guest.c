/**
 * @file
 * Chooses and runs a test, and carries its reports out on the debug port.
 *
 * A report is a line `<key of this boot, 16 hexadecimal digits> name=value`. The grader gives each
 * boot a copy of the kernel with another value of guest_key, and believes no line without it. In a
 * kernel that is booted otherwise the key is KEY_OF_NOBODY, and every instruction is the same.
 */
#include "guest.h"

#include <stdbool.h>

#include "arch/boot.h"
#include "arch/machine.h"
#include "debug/backtrace.h"
#include "sink.h"

#define DEBUG_PORT 0xE9
#define TEST_PREFIX "guest_test_"
#define NAME_SIZE 64
#define KEY_OF_NOBODY 1
#define RFLAGS_IF (1u << 9)

uint64_t guest_seed;

static volatile uint64_t guest_key = KEY_OF_NOBODY; /* not 0: the grader finds it in .data */
static char test_name[NAME_SIZE];

void demo_main(void);
void guest_test_boot(void);

/* --- the debug port --- */

void guest_put(char character)
{
    __asm__ volatile("outb %0, %1" : : "a"((uint8_t)character), "Nd"((uint16_t)DEBUG_PORT));
}

/** Lines of several threads must not mix: interrupts stay off for the length of one. */
uint64_t guest_line_begin(void)
{
    uint64_t flags;

    __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
    guest_put_hex(guest_key, 16);
    guest_put(' ');
    return flags;
}

void guest_line_end(uint64_t flags)
{
    guest_put('\n');
    if (flags & RFLAGS_IF) {
        __asm__ volatile("sti" : : : "memory");
    }
}

/* --- the command line --- */

/** Goes past a prefix. @return NULL when the text does not begin with it */
static const char *after(const char *text, const char *prefix)
{
    while (*prefix != '\0') {
        if (*text++ != *prefix++) {
            return NULL;
        }
    }
    return text;
}

/** The value of a word `key=value`; NULL when there is none. */
static const char *argument(const char *key)
{
    const char *line = boot_info.command_line;

    while (*line != '\0') {
        const char *value = after(line, key);

        if (value != NULL && *value == '=') {
            return value + 1;
        }
        while (*line != '\0' && *line != ' ') {
            line++;
        }
        while (*line == ' ') {
            line++;
        }
    }
    return NULL;
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : 16;
}

static uint64_t number(const char *text)
{
    const char *hexadecimal = after(text, "0x");
    int base = hexadecimal != NULL ? 16 : 10;
    uint64_t value = 0;

    for (text = hexadecimal != NULL ? hexadecimal : text; digit_value(*text) < base; text++) {
        value = value * (uint64_t)base + (uint64_t)digit_value(*text);
    }
    return value;
}

uint64_t guest_argument(const char *key, uint64_t otherwise)
{
    const char *value = argument(key);

    return value != NULL ? number(value) : otherwise;
}

/* --- choosing and running a test --- */

static void remember_name(const char *from)
{
    size_t i = 0;

    while (i < NAME_SIZE - 1 && from[i] != '\0' && from[i] != ' ') {
        test_name[i] = from[i];
        i++;
    }
    test_name[i] = '\0';
}

static bool same(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

/** Finds a test by its name in the kernel's symbol table. @return NULL when there is none */
static void (*find_test(const char *name))(void)
{
    for (size_t i = 0; i < symbol_count; i++) {
        const char *rest = after(symbol_table[i].name, TEST_PREFIX);

        if (rest != NULL && same(rest, name)) {
            return (void (*)(void))symbol_table[i].address;
        }
    }
    return NULL;
}

/** The test of a boot as such: nothing happens after it. */
void guest_test_boot(void)
{
    guest_checkpoint("boot");
}

noreturn void guest_end(void)
{
    guest_report_text("end", test_name);
    guest_finished();
    machine_stop(STOP_DONE);
}

/** The kernel hands over to this function instead of its demonstration. */
void demo_main(void)
{
    const char *name = argument("test");
    void (*run)(void);

    guest_seed = guest_argument("seed", 0);
    guest_random_start(guest_seed);
    remember_name(name != NULL ? name : "boot");
    run = find_test(test_name);
    if (run == NULL) {
        guest_report_text("unknown-test", test_name);
    } else {
        run();
    }
    guest_end();
}
