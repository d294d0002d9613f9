/**
 * @file
 * The slots of the console driver.
 */
#pragma once

#include "capability.h"

/* 1 is the name server. */
#define SLOT_FILES ((slot){3})   /**< the VFS server */
#define SLOT_SIGNALS ((slot){4}) /**< the notification that the driver waits for */
#define SLOT_BADGED ((slot){5})  /**< copies of it with a badge, while they are handed out */
#define SLOT_SERVER ((slot){6})  /**< what is registered as `console`; and the slot behind it */

#define SLOT_UART_PORTS ((slot){SLOT_OWN_PORTS})
#define SLOT_KEYBOARD_DATA ((slot){SLOT_OWN_PORTS + 1})
#define SLOT_KEYBOARD_STATUS ((slot){SLOT_OWN_PORTS + 2})
#define SLOT_CURSOR_PORTS ((slot){SLOT_OWN_PORTS + 3})
#define SLOT_KEYBOARD_LINE ((slot){SLOT_OWN_IRQ + 1})
#define SLOT_UART_LINE ((slot){SLOT_OWN_IRQ + 4})

/** Bits of the notification: what it was signalled for. */
enum console_signal { SIGNAL_REQUEST = 1, SIGNAL_UART = 2, SIGNAL_KEYBOARD = 4 };
