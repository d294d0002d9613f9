/**
 * @file
 * The VFS server: files for all programs. Its protocol is proto.h.
 *
 * The server has one thread and many workers. The main loop receives a message, has a worker serve
 * it, and answers: at once when the worker is done, else when it will be. slots.h lists the slots.
 *
 * The files, from the message inwards:
 *
 *     request.c                 takes a message in, answers it
 *     dispatch.c                which handler serves it: open.c, read_write.c, names.c and so on
 *     clients.c descriptors.c   what is kept of each process
 *     open_file.c               what descriptors stand for: node_file.c, pipe_file.c and so on
 *     path.c                    from a path to a node
 *     mounts.c node.c           file systems and their files in memory
 *     ramfs/ ext2/ proc/ dev/   kinds of file systems
 *     cache.c device.c          blocks of disks
 *     worker.c rw_lock.c        who runs, who sleeps
 */
#include "buffer.h"
#include "clients.h"
#include "device.h"
#include "program.h"
#include "request.h"
#include "server.h"
#include "slots.h"
#include "start.h"
#include "stats.h"
#include "worker_run.h"
#include "write_back.h"

/** Takes in what the server's notification tells. */
static void take_signals(uint64_t bits)
{
    stats_count_signal();
    if (bits & SIGNAL_ENDED) {
        clients_sweep();
    }
    if (bits & (SIGNAL_STORAGE | SIGNAL_ENDED)) { /* it may be the driver that has ended */
        device_signalled();
    }
}

/** Handles a message. @return whether there is an answer now: request_finish_last() makes it */
static bool handle(const struct message *message)
{
    bool is_answered = false;

    if (message->info & MESSAGE_SIGNAL) {
        take_signals(message->badge);
    } else if (message->badge != 0 && !(message->info & MESSAGE_FAULT)) {
        is_answered = request_begin(message);
    }
    if (message->info & MESSAGE_TRANSFER) {
        slot_delete((slot){SLOT_ARRIVING}); /* what nobody has taken */
    }
    return is_answered;
}

/** The VFS server. It runs until the machine stops. @return when nothing can be received: why */
int64_t main(uint64_t argument)
{
    const slot clients = {SLOT_CLIENTS};
    struct message message;
    bool is_answered = false;
    enum error error;

    (void)argument;
    start_begin();
    for (;;) {
        uint64_t patience = write_back_check();

        workers_run();
        error = ERROR_NO_CALLER;
        if (is_answered) {
            request_finish_last(&message);
            error = ipc_reply_recv(clients, &message, patience);
        }
        if (error == ERROR_NO_CALLER) {
            if (is_answered) {
                stats_count_gone();
            }
            error = ipc_recv(clients, &message, patience);
        }
        if (error != ERROR_NONE && error != ERROR_TIMEOUT) {
            return error;
        }
        is_answered = error == ERROR_NONE && handle(&message);
    }
}
