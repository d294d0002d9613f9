/**
 * @file
 * The 16550 UART at COM1, polled (National Semiconductor PC16550D data sheet, section 8).
 *
 * The transmitter takes a byte only while its holding register is empty. A byte written too early
 * replaces the one that waits there: on QEMU this goes unnoticed, on Bochs and on hardware the
 * text has holes.
 */
#include "arch/machine.h"

#include "arch/x86_64/io.h"

#define COM1 0x3F8

#define UART_DATA (COM1 + 0)             /* THR; divisor's low byte while DLAB is set */
#define UART_INTERRUPT_ENABLE (COM1 + 1) /* IER; divisor's high byte while DLAB is set */
#define UART_FIFO_CONTROL (COM1 + 2)     /* FCR */
#define UART_LINE_CONTROL (COM1 + 3)     /* LCR */
#define UART_MODEM_CONTROL (COM1 + 4)    /* MCR */
#define UART_LINE_STATUS (COM1 + 5)      /* LSR */

#define LCR_8N1 0x03              /* 8 data bits, no parity, 1 stop bit */
#define LCR_DIVISOR_LATCH 0x80    /* DLAB */
#define FCR_ENABLE_AND_CLEAR 0x07 /* FIFOs on, both emptied */
#define MCR_DTR_RTS 0x03          /* data terminal ready, request to send */
#define LSR_HOLDING_EMPTY 0x20    /* THRE: the next byte may be written */
#define LSR_ALL_SENT 0x40         /* TEMT: the last bit has left */

#define DIVISOR_115200 1 /* of the 115,200 Hz base rate */

/**
 * How often the line status is read before the port is given up. At 115,200 baud a byte takes 87
 * microseconds and a full FIFO, which a driver may have left, 1.4 milliseconds; a port read takes
 * about a microsecond on hardware, and a tenth of that in an emulator.
 */
#define UART_POLL_LIMIT 100000u

/**
 * Sets COM1 to 115,200 baud, 8N1, FIFOs on, interrupts off.
 */
void uart_init(void)
{
    port_out8(UART_INTERRUPT_ENABLE, 0);
    port_out8(UART_LINE_CONTROL, LCR_DIVISOR_LATCH);
    port_out8(UART_DATA, DIVISOR_115200);
    port_out8(UART_INTERRUPT_ENABLE, 0);
    port_out8(UART_LINE_CONTROL, LCR_8N1);
    port_out8(UART_FIFO_CONTROL, FCR_ENABLE_AND_CLEAR);
    port_out8(UART_MODEM_CONTROL, MCR_DTR_RTS);
}

/**
 * Sends one byte: waits until the transmitter's holding register is empty, then writes the byte
 * to the data register.
 *
 * A port that never gets ready must not hang the kernel: after UART_POLL_LIMIT reads of the line
 * status the byte is dropped.
 *
 * @param byte  the byte, sent as it is (no newline translation)
 * @return true when the byte was written; false when the port did not get ready
 *
 * Source: PC16550D data sheet, table II (THR) and 8.4 (LSR, bit 5: THRE).
 */
bool uart_put_byte(uint8_t byte)
{
    for (unsigned poll = 0; poll < UART_POLL_LIMIT; poll++) {
        if (port_in8(UART_LINE_STATUS) & LSR_HOLDING_EMPTY) {
            port_out8(UART_DATA, byte);
            return true;
        }
    }
    return false;
}

/**
 * Waits until the last byte has left the wire; needed before the machine is stopped.
 */
void uart_flush(void)
{
    for (unsigned poll = 0; poll < UART_POLL_LIMIT; poll++) {
        if (port_in8(UART_LINE_STATUS) & LSR_ALL_SENT) {
            return;
        }
    }
}
