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
#include "debug/symbols.h"

#define DEBUG_PORT 0xE9
#define TEST_PREFIX "guest_test_"
#define NAME_SIZE 64
#define KEY_OF_NOBODY 1
#define RFLAGS_IF (1u << 9)

/* splitmix64, by Sebastiano Vigna (public domain). */
#define RANDOM_STEP 0x9E3779B97F4A7C15u
#define RANDOM_MIX_1 0xBF58476D1CE4E5B9u
#define RANDOM_MIX_2 0x94D049BB133111EBu

uint64_t guest_seed;

static volatile uint64_t guest_key = KEY_OF_NOBODY; /* not 0: the grader finds it in .data */
static uint64_t random_state;
static char test_name[NAME_SIZE];

void demo_main(void);
void guest_test_boot(void);
void guest_finished(void);

/* --- the debug port --- */

static void put(char character)
{
    __asm__ volatile("outb %0, %1" : : "a"((uint8_t)character), "Nd"((uint16_t)DEBUG_PORT));
}

static void put_text(const char *text)
{
    for (; *text != '\0'; text++) {
        put(*text);
    }
}

static void put_hex(uint64_t value, unsigned digits)
{
    for (unsigned shift = 4 * digits; shift > 0; shift -= 4) {
        put("0123456789abcdef"[value >> (shift - 4) & 0xF]);
    }
}

static void put_decimal(uint64_t value)
{
    char digits[20];
    unsigned count = 0;

    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count > 0) {
        put(digits[--count]);
    }
}

/** Lines of several threads must not mix: interrupts stay off for the length of one. */
static uint64_t line_begin(const char *key)
{
    uint64_t flags;

    __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
    put_hex(guest_key, 16);
    put(' ');
    put_text(key);
    put('=');
    return flags;
}

static void line_end(uint64_t flags)
{
    put('\n');
    if (flags & RFLAGS_IF) {
        __asm__ volatile("sti" : : : "memory");
    }
}

/** Reports a number, in decimal. */
void guest_report(const char *key, uint64_t value)
{
    uint64_t flags = line_begin(key);

    put_decimal(value);
    line_end(flags);
}

/** Reports a number that may be negative, in decimal. */
void guest_report_signed(const char *key, int64_t value)
{
    uint64_t flags = line_begin(key);

    if (value < 0) {
        put('-');
    }
    put_decimal(value < 0 ? -(uint64_t)value : (uint64_t)value);
    line_end(flags);
}

/** Reports a number as 0x and 16 digits: addresses, registers. */
void guest_report_hex(const char *key, uint64_t value)
{
    uint64_t flags = line_begin(key);

    put_text("0x");
    put_hex(value, 16);
    line_end(flags);
}

/** Reports a string in quotes; what is not printable comes as \xNN. */
void guest_report_text(const char *key, const char *text)
{
    uint64_t flags = line_begin(key);

    put('"');
    for (; *text != '\0'; text++) {
        if (*text >= ' ' && *text <= '~' && *text != '\\' && *text != '"') {
            put(*text);
        } else {
            put_text("\\x");
            put_hex((uint8_t)*text, 2);
        }
    }
    put('"');
    line_end(flags);
}

/** Reports bytes, two digits each. */
void guest_report_bytes(const char *key, const void *bytes, size_t count)
{
    uint64_t flags = line_begin(key);

    put_text("bytes:");
    for (size_t i = 0; i < count; i++) {
        put_hex(((const uint8_t *)bytes)[i], 2);
    }
    line_end(flags);
}

/* --- random numbers --- */

uint64_t guest_random_next(uint64_t *state)
{
    uint64_t mixed = *state += RANDOM_STEP;

    mixed = (mixed ^ mixed >> 30) * RANDOM_MIX_1;
    mixed = (mixed ^ mixed >> 27) * RANDOM_MIX_2;
    return mixed ^ mixed >> 31;
}

uint64_t guest_random(void)
{
    return guest_random_next(&random_state);
}

uint64_t guest_random_below(uint64_t limit)
{
    return guest_random() % limit;
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
    random_state = guest_seed;
    remember_name(name != NULL ? name : "boot");
    run = find_test(test_name);
    if (run == NULL) {
        guest_report_text("unknown-test", test_name);
    } else {
        run();
    }
    guest_end();
}
