/**
 * @file
 * On the host nothing makes these calls; headers name them.
 */
#pragma once

#define CALL_LIST(CALL) \
    CALL(0, IPC_CALL, ipc_call) \
    CALL(1, IPC_REPLY_RECV, ipc_reply_recv) \
    CALL(2, IPC_SEND, ipc_send) \
    CALL(3, IPC_RECV, ipc_recv) \
    CALL(4, IPC_REPLY, ipc_reply)
