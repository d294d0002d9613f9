/**
 * @file
 * port_read: reads from an I/O port.
 */
#include "arch/devices.h"
#include "syscall/call.h"

/**
 * Checks whether the current thread may use ports.
 *
 * @param ports  address of the slot with them
 * @param port   the first one, any number
 * @param bytes  how many, any number
 * @return ERROR_NONE; ERROR_BAD_SLOT; ERROR_INVALID_ARGUMENT unless there are 1, 2 or 4;
 *         ERROR_NO_RIGHT when the capability is not for all of them
 */
enum error port_find(uint64_t ports, uint64_t port, uint64_t bytes)
{
    const struct slot *found = cap_find(ports, SLOT_PORTS);

    if (found == NULL) {
        return ERROR_BAD_SLOT;
    }
    if (bytes != 1 && bytes != 2 && bytes != 4) {
        return ERROR_INVALID_ARGUMENT;
    }
    return port >= found->start && port <= found->badge && bytes - 1 <= found->badge - port
               ? ERROR_NONE
               : ERROR_NO_RIGHT;
}

/**
 * Reads from an I/O port.
 *
 * @param ports  address of the slot with the authority
 * @param port   which
 * @param bytes  1, 2 or 4
 * @return ERROR_NONE and the value; what port_find() refuses with
 */
struct call_result syscall_port_read(uint64_t ports, uint64_t port, uint64_t bytes)
{
    enum error error = port_find(ports, port, bytes);

    return (struct call_result){
        error, error == ERROR_NONE ? ports_read((uint16_t)port, (unsigned)bytes) : 0};
}
