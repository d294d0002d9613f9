/**
 * @file
 * What an exercise says as long as nobody has written it.
 *
 * This file uses nothing of the kernel: the part that it would use may be the very one that is
 * still missing. It writes to the debug port of QEMU and Bochs, which needs no driver.
 */
#include "exercise.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PORT_DEBUG 0xE9
#define PORT_QEMU_EXIT 0xF4
#define PORT_BOCHS_SHUTDOWN 0x8900

#define STOP_UNWRITTEN 0x12 /* QEMU ends with status 2 * 0x12 + 1 */
#define EXERCISE_MAX 64

static void out_byte(uint16_t port, uint8_t byte)
{
    __asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port));
}

static void out_text(uint16_t port, const char *text)
{
    for (; *text != '\0'; text++) {
        out_byte(port, (uint8_t)*text);
    }
}

static bool same_text(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

/* True when `id` comes for the first time. */
static bool note_first(const char *id)
{
    static const char *noted[EXERCISE_MAX];
    for (size_t i = 0; i < EXERCISE_MAX; i++) {
        if (noted[i] == NULL) {
            noted[i] = id;
            return true;
        }
        if (same_text(noted[i], id)) {
            return false;
        }
    }
    return false;
}

/* Says that "exercise (function)" is not written. */
static void tell(const char *text)
{
    out_text(PORT_DEBUG, "unwritten: ");
    out_text(PORT_DEBUG, text);
    out_text(PORT_DEBUG, "\n");
}

void exercise_unwritten(const char *id, const char *function)
{
    if (note_first(id)) {
        out_text(PORT_DEBUG, "unwritten: ");
        out_text(PORT_DEBUG, id);
        out_text(PORT_DEBUG, " (");
        out_text(PORT_DEBUG, function);
        out_text(PORT_DEBUG, ")\n");
    }
}

/* exercise_note.asm calls it. */
void exercise_unwritten_text(const char *text);

void exercise_unwritten_text(const char *text)
{
    if (note_first(text)) {
        tell(text);
    }
}

_Noreturn void exercise_unwritten_stop(const char *text)
{
    tell(text);
    out_byte(PORT_QEMU_EXIT, STOP_UNWRITTEN);
    out_text(PORT_BOCHS_SHUTDOWN, "Shutdown");
    for (;;) {
        __asm__ volatile("cli; hlt");
    }
}
