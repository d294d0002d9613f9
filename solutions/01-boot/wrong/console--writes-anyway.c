/*
 * exercise: console
 * test: console-dead-port
 * says: the number of bytes written is wrong
 * mistake: Gives up waiting but not the byte: falls out of the loop and writes, and says that all
 *     is well. (xv6 does it like this; the specification here asks for less noise and more truth.)
 */
bool uart_put_byte(uint8_t byte)
{
    unsigned polls = 0;

    while (polls < UART_POLL_LIMIT && !(port_in8(UART_LINE_STATUS) & LSR_HOLDING_EMPTY)) {
        polls++;
    }
    port_out8(UART_DATA, byte);
    return true;
}
