/**
 * @file
 * Exercise "format": numbers through format_integer(), and through the conversions built on it.
 *
 * The text goes into a buffer between two strips of canary bytes; the grader, outside, reads
 * numbers and buffers out of memory and knows how each number is written.
 */
#include "lib/format.h"
#include "guest.h"

#define CANARIES 16u
#define CASE_LIMIT 640u
#define CONVERSION_LIMIT 24u
#define TEXT_SIZE 96u
#define MOST_DIGITS 64u

/** One call of format_integer(). */
struct guest_number {
    uint64_t bits;
    unsigned base;
    bool is_signed, upper_case;
    unsigned digits;
    size_t length; /* what it returned */
    char before[CANARIES], text[FORMAT_INTEGER_MAX], after[CANARIES];
};

/** One call of format_to_buffer() with one argument, of whatever type its format wants. */
struct guest_conversion {
    const char *format;
    uint64_t value;
    char text[TEXT_SIZE];
};

struct guest_number guest_numbers[CASE_LIMIT];
size_t guest_number_count, guest_number_index;
struct guest_conversion guest_conversions[CONVERSION_LIMIT];
size_t guest_conversion_count;

void guest_test_format_numbers(void);
void guest_test_format_limits(void);

static struct guest_number *add(uint64_t bits, unsigned base, bool is_signed, unsigned digits)
{
    struct guest_number *number = &guest_numbers[guest_number_count++];
    char *canaries = number->before;

    number->bits = bits;
    number->base = base;
    number->is_signed = is_signed;
    number->digits = digits;
    for (size_t i = 0; i < sizeof(*number) - offsetof(struct guest_number, before); i++) {
        canaries[i] = (char)(0x80 | guest_random_below(0x80)); /* no character of any number */
    }
    return number;
}

static void add_upper(uint64_t bits, unsigned base, bool is_signed, unsigned digits)
{
    add(bits, base, is_signed, digits)->upper_case = true;
}

/** A random number of a random length, so that short ones come as often as long ones. */
static uint64_t random_bits(void)
{
    uint64_t bits = guest_random();

    return bits >> guest_random_below(64);
}

static void format_all(void)
{
    guest_checkpoint("ready");
    for (size_t i = 0; i < guest_number_count; i++) {
        struct guest_number *number = &guest_numbers[i];
        struct format_integer_style style = {.base = number->base,
                                             .is_signed = number->is_signed,
                                             .upper_case = number->upper_case,
                                             .digits = number->digits};

        guest_number_index = i;
        number->length = format_integer(number->text, number->bits, &style);
    }
    guest_checkpoint("done");
}

/** Numbers of every kind: a few that anyone would try first, then random ones. */
void guest_test_format_numbers(void)
{
    add(7, 10, false, 0);
    add(42, 10, false, 0);
    add(1234567890, 10, false, 0);
    add(255, 16, false, 0);
    add_upper(48879, 16, false, 0);
    add(10, 2, false, 0);
    add(42, 10, true, 0);
    add((uint64_t)-1, 10, true, 0);
    add((uint64_t)-255, 16, true, 0);
    add((uint64_t)-1, 10, false, 0);
    add(42, 10, false, 5);
    add((uint64_t)-42, 10, true, 5);
    for (unsigned i = 0; i < 200; i++) {
        uint64_t bits = random_bits();
        unsigned base = 2 + (unsigned)guest_random_below(15);
        bool is_signed = guest_random_below(2) != 0;
        unsigned digits = guest_random_below(2) ? (unsigned)guest_random_below(24) : 0;
        bool negated = guest_random_below(2) != 0;
        struct guest_number *number = add(negated ? 0 - bits : bits, base, is_signed, digits);

        number->upper_case = guest_random_below(2) != 0;
    }
    format_all();
}

/** The same numbers in each base: the ends of what 64 bits can hold. */
static void add_extremes(unsigned base)
{
    static const uint64_t extremes[] = {0, 1, INT64_MAX, (uint64_t)INT64_MIN, UINT64_MAX};

    for (unsigned i = 0; i < sizeof(extremes) / sizeof(extremes[0]); i++) {
        add(extremes[i], base, false, 0);
        add_upper(extremes[i], base, true, 0);
        add(extremes[i], base, true, guest_random_below(2) ? 1 : MOST_DIGITS);
    }
    add(base, base, false, 0);
    add(base - 1, base, false, 0);
    add_upper(base - 1, base, false, 0);
}

/* One call for each conversion, so that the compiler checks it against its argument. */
#define CONVERT(wanted, argument) \
    do { \
        struct guest_conversion *conversion = &guest_conversions[guest_conversion_count++]; \
\
        conversion->format = wanted; \
        conversion->value = (uint64_t)(argument); \
        format_to_buffer(conversion->text, sizeof(conversion->text), wanted, argument); \
    } while (0)

/** Conversions of printk; each text has something before and behind the number. */
static void convert_all(void)
{
    int small = (int)guest_random_below(1000), negative = -1 - (int)guest_random_below(1000);
    uint64_t large = guest_random();
    size_t size = guest_random();

    CONVERT("[%d]", small);
    CONVERT("[%d]", negative);
    CONVERT("[%5d]", small);
    CONVERT("[%-5d]", negative);
    CONVERT("[%05d]", negative);
    CONVERT("[%d]", INT32_MIN);
    CONVERT("[%u]", (unsigned)negative);
    CONVERT("[%x]", (unsigned)negative);
    CONVERT("[%08lx]", large >> 40);
    CONVERT("[%16lx]", large >> 16);
    CONVERT("[%ld]", (int64_t)large);
    CONVERT("[%lu]", large);
    CONVERT("[%zu]", size);
    CONVERT("[%p]", (void *)large);
}

/** The ends of the range, in every base, with every least number of digits. */
void guest_test_format_limits(void)
{
    for (unsigned base = 2; base <= 16; base++) {
        add_extremes(base);
    }
    for (unsigned digits = 0; digits <= MOST_DIGITS; digits++) {
        add(guest_random_below(3) ? random_bits() : 0, 2 + (unsigned)guest_random_below(15),
            guest_random_below(2) != 0, digits);
    }
    format_all();
    convert_all();
    guest_checkpoint("converted");
}
