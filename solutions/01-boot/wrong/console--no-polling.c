/*
 * exercise: console
 * test: console-bytes
 * says: writes while the port is not ready
 * mistake: Writes without looking at the line status. QEMU takes every byte at once, so the whole
 *     boot looks right there; on Bochs and on hardware the text has holes.
 */
bool uart_put_byte(uint8_t byte)
{
    port_out8(UART_DATA, byte);
    return true;
}
