/**
 * @file
 * The VFS server as a program of the host.
 *
 * All of servers/vfs/ runs as it is, main loop and workers included, with address and undefined
 * behaviour sanitizers; the kernel and the other programs (root task, name server, storage driver,
 * clock driver) are stand-ins in this folder. A script on standard input plays the clients: it says
 * what they ask, and standard output tells the answers. Disks are image files of the host:
 *
 *     make -C tools/vfstest                       builds build/vfstest/vfstest
 *     build/vfstest/vfstest [-s SEED] [DISK0 [DISK1]]
 *
 * vfs_host.py is the script's side in Python: `Server` has a function for each request.
 *
 * A line of input is one of these; numbers are decimal, bytes two hexadecimal digits each, or "-":
 *
 *     > CLIENT SERIAL LABEL W0 W1 W2 W3 W4 W5 BYTES [NOTIFICATION]   a request, with a notification
 *                              that travels along, a number above 0
 *     >> the same              a message whose sender does not wait for an answer
 *     x CLIENT SERIAL          the client does not wait any more for the answer to that request
 *     ! CLIENT                 the process ends
 *     + CLIENT PARENT          a process is created, r CLIENT: and runs. Others are made by asking
 *     t MILLISECONDS           time goes by
 *     f COUNT                  the next transfers of disks fail; F: none does from now on
 *     q                        the end
 *     .                        everything before this line is let loose; nothing is before
 *
 * and of output:
 *
 *     < CLIENT SERIAL ERROR W0 W1 W2 W3 W4 W5 BYTES    an answer
 *     n NOTIFICATION                                   a manager's notification is signalled
 *     # TEXT                                           what the server has printed
 *     .                                                all lines are done, and the server waits
 *
 * Requests that are let loose together, and transfers of disks that they cause, go over in a random
 * order that depends on the seed alone; those of one client go in their own order. A transfer takes
 * place when it is told to be finished, not when it is submitted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>

#include "ipc.h"

#define HOST_SLOTS 512u

/** What stands in a slot: an object by its kind and a number or an address. */
struct host_slot {
    unsigned kind; /**< enum object_kind; 0: empty */
    uint64_t badge;
    uint64_t object;
    void *memory; /**< a frame's */
};

/** Objects that are endpoints. */
enum host_endpoint { HOST_VFS = 1, HOST_ROOT, HOST_STORAGE, HOST_CLOCK };

/** The number of the server's own notification; managers' have others. */
#define HOST_OWN_NOTIFICATION 0u

struct host_slot *host_slot_at(slot slot);
void host_slots_begin(void);

uint64_t host_random(uint64_t below);
noreturn void host_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

extern uint64_t host_milliseconds;
extern uint64_t host_signals; /**< bits of the server's notification */

bool host_names_lookup(const char *name);

void host_root_call(struct message *message);
bool host_root_knows(uint64_t id);
void host_root_end(uint64_t id);
void host_root_create(uint64_t id, uint64_t parent);
void host_root_run(uint64_t id);

void host_storage_open(unsigned disk, const char *path);
void host_storage_call(struct message *message);
bool host_storage_finish_one(void);
void host_storage_fail_next(uint64_t count);
