/*
 * exercise: console
 * test: console-bytes
 * says: does not write the byte|writes while the port is not ready|did not end in time
 * mistake: Reads "wait for THRE" as "wait while THRE": takes the bit for a busy flag, as other
 *     devices have one. The bit is set when the register is EMPTY.
 */
bool uart_put_byte(uint8_t byte)
{
    for (unsigned poll = 0; poll < UART_POLL_LIMIT; poll++) {
        if (!(port_in8(UART_LINE_STATUS) & LSR_HOLDING_EMPTY)) {
            port_out8(UART_DATA, byte);
            return true;
        }
    }
    return false;
}
