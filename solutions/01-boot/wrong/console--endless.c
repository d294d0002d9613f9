/*
 * exercise: console
 * test: console-dead-port
 * says: the kernel hangs
 * mistake: Waits as long as it takes. On a machine whose COM1 is broken or taken away the kernel
 *     stands still at its first message, and nobody learns why.
 */
bool uart_put_byte(uint8_t byte)
{
    while (!(port_in8(UART_LINE_STATUS) & LSR_HOLDING_EMPTY)) {
    }
    port_out8(UART_DATA, byte);
    return true;
}
