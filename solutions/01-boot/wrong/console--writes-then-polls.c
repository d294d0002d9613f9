/*
 * exercise: console
 * test: console-bytes
 * says: writes while the port is not ready
 * mistake: Writes first and waits afterwards, "so that the port is ready for the next one". That
 *     holds only as long as nobody else has used the port: the first byte after the firmware's, or
 *     after a byte that was given up, is written blindly.
 */
bool uart_put_byte(uint8_t byte)
{
    port_out8(UART_DATA, byte);
    for (unsigned poll = 0; poll < UART_POLL_LIMIT; poll++) {
        if (port_in8(UART_LINE_STATUS) & LSR_HOLDING_EMPTY) {
            return true;
        }
    }
    return false;
}
