/**
 * @file
 * The battery clock: an MC146818A, read through its index and data port. It is taken to run on UTC,
 * as emulators set it.
 */
#include "battery.h"

#include <stddef.h>

#include "device.h"
#include "task.h"

#define CLOCK ((slot){SLOT_OWN_PORTS})
#define INDEX_PORT 0x70u
#define DATA_PORT 0x71u

/* MC146818A data sheet, "Address map" and "Registers". */
#define STATUS_A 0x0Au
#define STATUS_B 0x0Bu
#define UPDATE_IN_PROGRESS 0x80u /* in A: for 2 ms what is read may be torn */
#define HOURS_24 0x02u           /* in B: else 1 to 12, and PM in bit 7 */
#define BINARY 0x04u             /* in B: else two decimal digits */
#define PM 0x80u

#define CENTURY 2000u /* the clock has two digits of the year */
#define ATTEMPTS 20u  /* milliseconds that an update may take, with room */

#define DAY_SECONDS 86400u

/** The registers of a moment, in the order of `indexes`. */
enum field { SECOND, MINUTE, HOUR, DAY, MONTH, YEAR, FIELDS };

static const uint8_t indexes[FIELDS] = {0x00, 0x02, 0x04, 0x07, 0x08, 0x09};

static uint8_t read_register(uint64_t index)
{
    port_write(CLOCK, INDEX_PORT, 1, index);
    return (uint8_t)port_read(CLOCK, DATA_PORT, 1).value;
}

static void read_fields(uint8_t fields[FIELDS])
{
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = read_register(indexes[i]);
    }
}

/** Reads twice until it is the same: then no update came in between. */
static bool read_steady(uint8_t fields[FIELDS])
{
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        uint8_t again[FIELDS];
        bool is_same = true;

        if (read_register(STATUS_A) & UPDATE_IN_PROGRESS) {
            task_sleep(1);
            continue;
        }
        read_fields(fields);
        read_fields(again);
        for (size_t i = 0; i < FIELDS; i++) {
            is_same &= fields[i] == again[i];
        }
        if (is_same) {
            return true;
        }
    }
    return false;
}

static unsigned binary_of(uint8_t field, uint8_t status)
{
    return status & BINARY ? field : (field >> 4) * 10u + (field & 0x0Fu);
}

/** @return the hour, 0 to 23 */
static unsigned hour_of(uint8_t field, uint8_t status)
{
    unsigned hour;

    if (status & HOURS_24) {
        return binary_of(field, status);
    }
    hour = binary_of(field & (uint8_t)~PM, status) % 12;
    return field & PM ? hour + 12 : hour;
}

/** @return days from 1970-01-01 to a date from 2000 to 2099, where every fourth year is a leap
 * year */
static uint64_t days_of(unsigned year, unsigned month, unsigned day)
{
    static const uint16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    uint64_t years = year - 1970;
    uint64_t leap_days = (years + 1) / 4 + (year % 4 == 0 && month > 2);

    return years * 365 + leap_days + before[month - 1] + day - 1;
}

/**
 * Reads the time of day.
 *
 * @param seconds  set: since 1970-01-01 00:00 UTC
 * @return false when the clock tells no time
 */
bool battery_read(uint64_t *seconds)
{
    uint8_t fields[FIELDS], status = read_register(STATUS_B);
    unsigned values[FIELDS];

    if (!read_steady(fields)) {
        return false;
    }
    for (size_t i = 0; i < FIELDS; i++) {
        values[i] = i == HOUR ? hour_of(fields[i], status) : binary_of(fields[i], status);
    }
    if (values[SECOND] > 59 || values[MINUTE] > 59 || values[HOUR] > 23 || values[DAY] < 1 ||
        values[DAY] > 31 || values[MONTH] < 1 || values[MONTH] > 12 || values[YEAR] > 99) {
        return false;
    }
    *seconds = days_of(CENTURY + values[YEAR], values[MONTH], values[DAY]) * DAY_SECONDS +
               values[HOUR] * 3600u + values[MINUTE] * 60u + values[SECOND];
    return true;
}
