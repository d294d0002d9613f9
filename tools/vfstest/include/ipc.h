/**
 * @file
 * Messages, on the host: the library's header, but for the calls that enter the kernel. Those are
 * functions of host/messages.c.
 */
#pragma once

#define ipc_call ipc_call_of_the_kernel
#define ipc_reply_recv ipc_reply_recv_of_the_kernel
#define ipc_send ipc_send_of_the_kernel
#define ipc_recv ipc_recv_of_the_kernel
#define ipc_reply ipc_reply_of_the_kernel
#include_next "ipc.h"
#undef ipc_call
#undef ipc_reply_recv
#undef ipc_send
#undef ipc_recv
#undef ipc_reply

enum error ipc_call(slot endpoint, struct message *message, uint64_t timeout);
enum error ipc_reply_recv(slot endpoint, struct message *message, uint64_t timeout);
enum error ipc_recv(slot endpoint, struct message *message, uint64_t timeout);
enum error ipc_reply(slot caller, const struct message *message);
