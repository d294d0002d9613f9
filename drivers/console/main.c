/**
 * @file
 * The console driver: what is written to /dev/console appears on the serial line and on the screen,
 * what is typed on the serial line and on the keyboard can be read from it.
 *
 *     uart, keyboard -> input (queue, line editor) -> requests -> VFS server -> who reads
 *     uart, vga      <- output (queue, terminal)   <- requests <- VFS server <- who writes
 *
 * The driver waits for one notification; its bits say what for. It never waits for anything else: a
 * device that has no time, or a reader that has nothing to read, is looked at again in the next
 * round. The slots are those of slots.h.
 */
#include "console/input.h"
#include "console/keyboard.h"
#include "console/output.h"
#include "console/requests.h"
#include "console/slots.h"
#include "console/uart.h"
#include "console/vga.h"
#include "device.h"
#include "endpoint.h"
#include "exit_status.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "notification.h"
#include "print.h"
#include "program.h"
#include "rpc.h"
#include "server.h"
#include "signal.h"
#include "string.h"

#define NAME "console"

/** Milliseconds after which the serial line is looked at although it has not interrupted: only
 * while there is something to be sent. */
#define SEND_TIMEOUT 20ul

/** After so many rounds a row of the screen is shown, even if there is more to be done. */
#define SHOW_ROUNDS 4u

/** Makes a copy of the notification for somebody who signals. */
static enum error make_badged(enum console_signal signal)
{
    return slot_copy(SLOT_BADGED, SLOT_SIGNALS, RIGHT_SEND, signal);
}

static enum error bind_line(slot line, enum console_signal signal)
{
    enum error error = make_badged(signal);

    if (error == ERROR_NONE) {
        error = irq_bind(line, SLOT_BADGED);
        slot_delete(SLOT_BADGED);
    }
    return error;
}

/** Ctrl-C, or Ctrl-\, which ends all. Who that is, and who may be interrupted, is the root task's
 * affair. */
static void interrupted(bool ends_all)
{
    requests_interrupt();
    rpc_word(SLOT_PAGER, INIT_INTERRUPT, ends_all ? EXIT_SIGNALLED + SIGKILL : 0, 0);
}

/** Makes the devices ready. */
static enum error open_devices(void)
{
    enum error error = notification_create(SLOT_SIGNALS);

    if (error == ERROR_NONE) {
        error = bind_line(SLOT_UART_LINE, SIGNAL_UART);
    }
    if (error == ERROR_NONE) {
        error = bind_line(SLOT_KEYBOARD_LINE, SIGNAL_KEYBOARD);
    }
    if (error == ERROR_NONE) {
        error = vga_open();
    }
    output_open();
    input_open(interrupted);
    uart_open();
    keyboard_open();
    return error;
}

/** Becomes the manager of /dev/console, then known by name: who finds the name finds the path. */
static enum error open_service(void)
{
    enum error error;
    int refused;

    do {
        error = endpoint_lookup("vfs", SLOT_FILES);
    } while (error == ERROR_TIMEOUT);
    if (error == ERROR_NONE) {
        error = make_badged(SIGNAL_REQUEST);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    refused = requests_open(SLOT_FILES, SLOT_BADGED);
    slot_delete(SLOT_BADGED);
    if (refused != 0) {
        print("[" NAME "] /dev/" NAME ": %s\n", strerror(refused));
        return ERROR_BUSY;
    }
    return server_open(NAME, SLOT_SERVER);
}

/** Does all that can be done without waiting, in small pieces: between two of them the serial line
 * is looked at, which has room for sixteen bytes, 87 microseconds each. @return an error number */
static int serve(uint64_t signals)
{
    bool has_keys = (signals & SIGNAL_KEYBOARD) != 0;
    bool is_asked = (signals & SIGNAL_REQUEST) != 0;
    unsigned rounds = 0;
    bool is_busy;

    uart_serve(); /* first of all: it has room for a few bytes only */
    do {
        int error = requests_serve(is_asked);

        if (error != 0) {
            return error;
        }
        has_keys = has_keys && keyboard_serve();
        is_busy = uart_serve() || has_keys || input_turn_is_over();
        is_asked = false;
        if (!is_busy || ++rounds % SHOW_ROUNDS == 0) {
            is_busy |= vga_show(output_screen());
        }
    } while (is_busy);
    return 0;
}

/** The console driver. It runs until the machine stops, or the VFS server does. */
int64_t main(uint64_t argument)
{
    enum error error = open_devices();
    uint64_t signals = 0;
    int failure;

    (void)argument;
    if (error == ERROR_NONE) {
        error = open_service();
    }
    if (error != ERROR_NONE) {
        print("[" NAME "] %s\n", error_name(error));
        return (int64_t)error;
    }
    while ((failure = serve(signals)) == 0) {
        signals =
            notification_wait(SLOT_SIGNALS, output_is_empty() ? TIMEOUT_INFINITE : SEND_TIMEOUT)
                .value;
    }
    print("[" NAME "] VFS server: %s\n", strerror(failure));
    return failure;
}
