/**
 * @file
 * The keyboard, behind its controller, an 8042 (IBM PS/2 Hardware Interface Technical Reference,
 * "Keyboard and Auxiliary Device Controller" and "101- and 102-Key Keyboards").
 *
 * The keyboard answers orders by the same way on which codes of keys come, so nobody waits for
 * these answers but in the beginning: the lights are set in three steps, as the answers arrive.
 */
#include "console/keyboard.h"

#include "console/input.h"
#include "console/keymap.h"
#include "console/slots.h"
#include "device.h"
#include "task.h"

#define DATA_PORT 0x60u
#define STATUS_PORT 0x64u /* to be read; commands to the controller are written there */

#define STATUS_OUTPUT 0x01u    /* a byte is there to be read */
#define STATUS_INPUT 0x02u     /* the controller has not taken yet what was written */
#define STATUS_AUXILIARY 0x20u /* the byte is the mouse's */

#define CONTROLLER_READ 0x20u  /* its command byte */
#define CONTROLLER_WRITE 0x60u /* likewise */
#define CONTROLLER_KEYBOARD_OFF 0xADu
#define CONTROLLER_KEYBOARD_ON 0xAEu
#define COMMAND_INTERRUPT 0x01u /* the keyboard interrupts */
#define COMMAND_KEYBOARD_OFF 0x10u
#define COMMAND_MOUSE_OFF 0x20u
#define COMMAND_TRANSLATE 0x40u /* its codes become those of set 1 */

#define ORDER_LIGHTS 0xEDu
#define ORDER_SCAN 0xF4u /* send the codes of keys */
#define ANSWER_TAKEN 0xFAu
#define ANSWER_AGAIN 0xFEu

#define PATIENCE 100u   /* milliseconds for the controller or the keyboard to answer */
#define CODES_MAX 32u   /* codes that are taken before others have their turn */
#define CODES_STALE 64u /* codes that may have been left over from before the driver */

static struct keymap keymap = {.locks = KEYMAP_NUM_LOCK};

/** What the keyboard was told of its lights. */
static enum { LIGHTS_SET, LIGHTS_ORDERED, LIGHTS_SENT } lights = LIGHTS_SET;
static unsigned lit; /* the lights that were sent last */

static uint8_t status(void)
{
    return (uint8_t)port_read(SLOT_KEYBOARD_STATUS, STATUS_PORT, 1).value;
}

static uint8_t data(void)
{
    return (uint8_t)port_read(SLOT_KEYBOARD_DATA, DATA_PORT, 1).value;
}

/** Waits until a bit of the status is as wanted. @return whether it is, in time */
static bool await(uint8_t bit, bool wanted)
{
    for (unsigned i = 0; i < PATIENCE; i++) {
        if (((status() & bit) != 0) == wanted) {
            return true;
        }
        task_sleep(1);
    }
    return false;
}

/** Writes a byte for the keyboard. @return whether the controller takes it now */
static bool send(uint8_t byte)
{
    return (status() & STATUS_INPUT) == 0 &&
           port_write(SLOT_KEYBOARD_DATA, DATA_PORT, 1, byte) == ERROR_NONE;
}

static bool command(uint8_t byte)
{
    return await(STATUS_INPUT, false) &&
           port_write(SLOT_KEYBOARD_STATUS, STATUS_PORT, 1, byte) == ERROR_NONE;
}

/** Sets up the controller: the keyboard interrupts, in codes of set 1, and the mouse is quiet. */
static bool set_up(void)
{
    uint8_t settings;

    if (!command(CONTROLLER_KEYBOARD_OFF)) {
        return false;
    }
    for (unsigned i = 0; i < CODES_STALE && (status() & STATUS_OUTPUT) != 0; i++) {
        data();
    }
    if (!command(CONTROLLER_READ) || !await(STATUS_OUTPUT, true)) {
        return false;
    }
    settings = data() & (uint8_t)~COMMAND_KEYBOARD_OFF;
    settings |= COMMAND_INTERRUPT | COMMAND_TRANSLATE | COMMAND_MOUSE_OFF;
    return command(CONTROLLER_WRITE) && await(STATUS_INPUT, false) && send(settings) &&
           command(CONTROLLER_KEYBOARD_ON);
}

/** Begins to set the lights, if they are not what they should be. */
static void update_lights(void)
{
    if (lights == LIGHTS_SET && lit != keymap.locks && send(ORDER_LIGHTS)) {
        lights = LIGHTS_ORDERED;
        lit = keymap.locks;
    }
}

/** Takes an answer of the keyboard. @return false: it is none, but a key's code */
static bool take_answer(uint8_t code)
{
    if (lights == LIGHTS_SET || (code != ANSWER_TAKEN && code != ANSWER_AGAIN)) {
        return false;
    }
    lights = lights == LIGHTS_ORDERED && code == ANSWER_TAKEN && send((uint8_t)lit) ? LIGHTS_SENT
                                                                                    : LIGHTS_SET;
    return true;
}

static void take_code(uint8_t code)
{
    char bytes[KEYMAP_BYTES_MAX];
    size_t count = keymap_take(&keymap, code, bytes);

    if (count > 0) {
        input_put(bytes, count);
    }
}

/** Makes the keyboard ready, if there is one. Its interrupt line is bound. */
void keyboard_open(void)
{
    if (set_up() && await(STATUS_INPUT, false) && send(ORDER_SCAN) && await(STATUS_OUTPUT, true)) {
        data();
        update_lights();
    }
    irq_acknowledge(SLOT_KEYBOARD_LINE);
}

/**
 * Takes codes, within bounds.
 *
 * @return whether there were any: then there may be more
 */
bool keyboard_serve(void)
{
    unsigned count = 0;
    uint8_t now = status();

    for (; count < CODES_MAX && (now & STATUS_OUTPUT) != 0; count++, now = status()) {
        uint8_t code = data();

        if ((now & STATUS_AUXILIARY) == 0 && !take_answer(code)) {
            take_code(code);
        }
    }
    update_lights();
    irq_acknowledge(SLOT_KEYBOARD_LINE);
    return count > 0;
}
