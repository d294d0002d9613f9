/*
 * exercise: console
 * test: console-bytes
 * says: does not write the byte
 * mistake: Waits for bit 6 (everything sent) instead of bit 5 (the next byte may come). It prints
 *     the right text, but waits for the wire to fall silent before each byte: no byte ever travels
 *     while the next one is written.
 */
bool uart_put_byte(uint8_t byte)
{
    for (unsigned poll = 0; poll < UART_POLL_LIMIT; poll++) {
        if (port_in8(UART_LINE_STATUS) & LSR_ALL_SENT) {
            port_out8(UART_DATA, byte);
            return true;
        }
    }
    return false;
}
