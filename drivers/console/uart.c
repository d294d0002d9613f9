/**
 * @file
 * The serial line: a 16550 at COM1 (National Semiconductor PC16550D data sheet, section 8).
 *
 * The kernel has set the line's speed and form, and goes on sending messages by polling. Nothing is
 * taken for granted because of an interrupt: each one only says that the line status is worth
 * looking at, and what it says is done.
 *
 * The interrupt line is sensed by its edges, so the UART must never hold it up while the driver
 * waits. So all its interrupts are off while it is served; when they are let through again, each
 * reason that there still is raises the line anew.
 *
 * When there is no room for what comes, it stays in the UART's FIFO, and "request to send" says so
 * to the other side. There are some that send all the same, as a terminal does when text is pasted,
 * and the FIFO has room for 1.4 ms of that. So what comes is only put into a queue here, and all
 * other work is done in pieces that are shorter, with a look at the line after each.
 */
#include "console/uart.h"

#include "console/input.h"
#include "console/output.h"
#include "console/slots.h"
#include "device.h"

#define COM1 0x3F8u
#define UART_DATA (COM1 + 0)             /* RBR, THR */
#define UART_INTERRUPT_ENABLE (COM1 + 1) /* IER */
#define UART_FIFO_CONTROL (COM1 + 2)     /* FCR */
#define UART_MODEM_CONTROL (COM1 + 4)    /* MCR */
#define UART_LINE_STATUS (COM1 + 5)      /* LSR */

#define IER_RECEIVED 0x01u      /* ERBFI */
#define IER_HOLDING_EMPTY 0x02u /* ETBEI */
#define FCR_ON 0x01u            /* what is in the FIFOs stays, as they were on before */
#define FCR_TRIGGER_8 \
    0x80u /* an interrupt at 8 bytes, which leaves time for 8 more, or when no
                              more come for a while */
#define MCR_DTR 0x01u
#define MCR_RTS 0x02u
#define MCR_OUT2 0x08u /* on PCs: lets interrupts through to the controller */
#define LSR_DATA_READY 0x01u
#define LSR_DAMAGED 0x1Cu       /* PE, FE, BI: the byte is not what was sent, or a break */
#define LSR_HOLDING_EMPTY 0x20u /* THRE: the FIFO has room for all its bytes */
#define LSR_NOBODY 0xFFu        /* there is no UART */

/** Bytes that are sent at once: one less than the FIFO holds, as the kernel may have put one into
 * it since the status was read. */
#define BURST 15u

/** How much is received, and how many bursts are sent, before others have their turn. */
#define RECEIVED_MAX 64u
#define BURSTS 16u

static uint8_t read(uint64_t port)
{
    return (uint8_t)port_read(SLOT_UART_PORTS, port, 1).value;
}

static void write(uint64_t port, uint64_t value)
{
    port_write(SLOT_UART_PORTS, port, 1, value);
}

/** Lets the interrupts through that there is something to do for. Room for input is told to the
 * other side. */
static void listen(void)
{
    static bool was_ready = true;
    bool is_ready = input_room() > 0;

    if (is_ready != was_ready) {
        write(UART_MODEM_CONTROL, MCR_DTR | MCR_OUT2 | (is_ready ? MCR_RTS : 0));
        was_ready = is_ready;
    }
    irq_acknowledge(SLOT_UART_LINE);
    write(UART_INTERRUPT_ENABLE,
          (is_ready ? IER_RECEIVED : 0) | (output_is_empty() ? 0 : IER_HOLDING_EMPTY));
}

/** Makes the UART ready. Its interrupt line is bound. */
void uart_open(void)
{
    write(UART_INTERRUPT_ENABLE, 0);
    write(UART_FIFO_CONTROL, FCR_ON | FCR_TRIGGER_8);
    write(UART_MODEM_CONTROL, MCR_DTR | MCR_RTS | MCR_OUT2);
    listen();
}

/** @return how many bytes were received */
static unsigned receive(void)
{
    unsigned count = 0;

    while (count < RECEIVED_MAX && input_room() > 0) {
        uint8_t status = read(UART_LINE_STATUS);
        char byte;

        if (status == LSR_NOBODY || (status & LSR_DATA_READY) == 0) {
            break;
        }
        byte = (char)read(UART_DATA);
        if ((status & LSR_DAMAGED) == 0) {
            input_put(&byte, 1);
        }
        count++;
    }
    return count;
}

/** Sends as much as the FIFO has room for. @return whether there was any */
static bool send_burst(void)
{
    uint8_t byte;

    if (output_is_empty() || (read(UART_LINE_STATUS) & LSR_HOLDING_EMPTY) == 0) {
        return false;
    }
    for (unsigned i = 0; i < BURST && output_take(&byte); i++) {
        write(UART_DATA, byte);
    }
    return true;
}

/**
 * Receives and sends what can be without waiting, within bounds. To send a burst takes as long as
 * some bytes take to come: so what has come is received after each.
 *
 * @return whether there was anything: then there may be more
 */
bool uart_serve(void)
{
    unsigned received = 0, bursts = 0;

    write(UART_INTERRUPT_ENABLE, 0);
    do {
        received += receive();
    } while (send_burst() && ++bursts < BURSTS);
    listen();
    return received + bursts > 0;
}
