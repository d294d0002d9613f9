/**
 * @file
 * port_write: writes to an I/O port.
 */
#include "arch/devices.h"
#include "syscall/call.h"

/**
 * Writes to an I/O port.
 *
 * @param ports  address of the slot with the authority
 * @param port   which
 * @param bytes  1, 2 or 4
 * @param value  its lowest bytes count
 * @return ERROR_NONE; what port_find() refuses with
 */
struct call_result syscall_port_write(uint64_t ports, uint64_t port, uint64_t bytes, uint64_t value)
{
    enum error error = port_find(ports, port, bytes);

    if (error == ERROR_NONE) {
        ports_write((uint16_t)port, (unsigned)bytes, (uint32_t)value);
    }
    return (struct call_result){error, 0};
}
