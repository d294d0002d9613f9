/**
 * @file
 * The storage driver: the disks of a PC's first ATA channel, for clients that know its protocol
 * (proto.h). slots.h lists its slots.
 *
 * It waits in one place, for whatever comes first: a request, the disk's interrupt, or the end of
 * the time that a disk has. So no client waits for a disk, nor for another client.
 */
#include "buffer.h"
#include "device.h"
#include "notification.h"
#include "print.h"
#include "program.h"
#include "server_signals.h"
#include "task.h"

#include "storage/ata.h"
#include "storage/ata_command.h"
#include "storage/ata_reset.h"
#include "storage/channel.h"
#include "storage/disk.h"
#include "storage/dma.h"
#include "storage/protocol.h"
#include "storage/slots.h"

#define LINE ((slot){SLOT_OWN_IRQ + ATA_IRQ})
#define INTERRUPT 1u /* the signal's bits */

#define RESET_PAUSE 2ul /* milliseconds before the disks are looked at [ATA/ATAPI-6 9.2] */
#define RESET_LOOKS 2500u

/**
 * Selects a device that is there, before a reset: which one is selected the devices may forget at
 * its end only, and one that is not there would not show that it still goes on. If no device can be
 * selected one is busy, and selected already.
 */
static void select_one(void)
{
    unsigned number = 0;

    while (number < STORAGE_DISKS && ata_select(number) && ata_read(ATA_ALTERNATE_STATUS) == 0) {
        number++;
    }
}

/** Finds the disks. Whatever a driver before this one was doing with them ends. */
static void find_disks(void)
{
    bool has_master = dma_init();

    select_one();
    ata_reset_begin(false);
    for (unsigned i = 0; i < RESET_LOOKS && (i == 0 || !ata_reset_is_over()); i++) {
        task_sleep(RESET_PAUSE);
    }
    for (unsigned i = 0; i < STORAGE_DISKS; i++) {
        disk_identify(i);
        disks[i].has_dma &= has_master;
        if (disks[i].sectors > 0) {
            print("[storage] disk %u: %lu sectors, %s\n", i, disks[i].sectors,
                  disks[i].has_dma ? "DMA" : "PIO");
        }
    }
}

/** Gets the interrupt as a signal to this thread. */
static enum error bind_interrupt(void)
{
    enum error error = notification_create(SIGNALS);

    if (error == ERROR_NONE) {
        error = slot_copy(INTERRUPT_SIGNAL, SIGNALS, RIGHT_SEND, INTERRUPT);
    }
    if (error == ERROR_NONE) {
        error = notification_bind(SIGNALS);
    }
    return error == ERROR_NONE ? irq_bind(LINE, INTERRUPT_SIGNAL) : error;
}

static void handle_signal(uint64_t bits)
{
    if (bits & INTERRUPT) {
        channel_interrupt();
        irq_acknowledge(LINE);
    }
}

/** The driver. It runs until the machine stops. @return why it cannot */
int64_t main(uint64_t argument)
{
    static const struct server server = {ENDPOINT, protocol_handle, handle_signal,
                                         channel_time_left, channel_time_is_up};
    enum error error = (enum error)port_read(COMMAND_PORTS, ATA_STATUS, 1).error;

    (void)argument;
    if (error == ERROR_NONE) {
        find_disks();
        error = bind_interrupt();
    }
    if (error == ERROR_NONE) {
        ata_write(ATA_DEVICE_CONTROL, 0);
        ipc_buffer->receive_slot = ARRIVING.number;
        print("[ok] storage\n");
        error = server_run_with_signals(&server);
    }
    print("[storage] cannot work: %s\n", error_name(error));
    return error;
}
