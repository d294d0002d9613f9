/**
 * @file
 * System calls, on the host: there are none, but headers name these.
 */
#pragma once

#define CALL_LIST(CALL) \
    CALL(1, IPC_SEND, ipc_send) \
    CALL(2, IPC_RECV, ipc_recv) \
    CALL(3, IPC_CALL, ipc_call) \
    CALL(4, IPC_REPLY, ipc_reply) \
    CALL(5, IPC_REPLY_RECV, ipc_reply_recv)
