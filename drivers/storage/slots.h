/**
 * @file
 * The driver's slots, and its places in memory.
 *
 *     6         the notification that is bound to its thread
 *     7         a copy of that, with the badge of the interrupt
 *     8         where a frame or a notification arrives
 *     9         the page that the bus master reads its orders from
 *     10        the part of a client's memory that is mapped while a PIO command is under way
 *     16 ...    each client's memory
 *     32 ...    each client's notification
 */
#pragma once

#include "capability.h"

#define ENDPOINT ((slot){SLOT_OWN_SERVICE}) /**< badges of messages are the clients' names */
#define SIGNALS ((slot){6})
#define INTERRUPT_SIGNAL ((slot){7})
#define ARRIVING ((slot){8})
#define ORDERS_FRAME ((slot){9})
#define WINDOW_FRAME ((slot){10})
#define FIRST_CLIENT_MEMORY 16u
#define FIRST_CLIENT_SIGNAL 32u

/* The ranges of ports, in the order of storage.needs. */
#define COMMAND_PORTS ((slot){SLOT_OWN_PORTS})
#define CONTROL_PORTS ((slot){SLOT_OWN_PORTS + 1})
#define PCI_PORTS ((slot){SLOT_OWN_PORTS + 2})
#define BUS_MASTER_PORTS ((slot){SLOT_OWN_PORTS + 3})

#define OWN_SPACE ((slot){SLOT_OWN_SPACE})

#define ORDERS_ADDRESS 0x500000000000ul /**< where ORDERS_FRAME is mapped */
