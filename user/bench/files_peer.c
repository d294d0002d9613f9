/**
 * @file
 * The other side of files.c: a server that does nothing, and a task that waits visibly.
 */
#include "bench/file_peer.h"
#include "measure.h"
#include "memory.h"
#include "program.h"
#include "thread.h"

/** Answers with messages of the wanted length. */
static void answer(void)
{
    struct message message;
    enum error error = ipc_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE);

    while (error == ERROR_NONE) {
        message.info = info_make(0, message.words[0]);
        error = ipc_reply_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE);
    }
}

/** Counts whenever nothing else is ready, for ever. A halted CPU would let time pass that no
 * instruction has taken. */
static void wait(void)
{
    measure_require(thread_set_priority((slot){SLOT_OWN_THREAD}, 0));
    measure_require(
        memory_attach(FILES_REGION, FILES_REGION_ADDRESS, 1, MEMORY_READ | MEMORY_WRITE));
    __asm__ volatile("0: incq (%0)\n\tjmp 0b" : : "r"(FILES_REGION_ADDRESS) : "memory");
}

int64_t main(uint64_t argument)
{
    if (argument == FILES_WAIT) {
        wait();
    }
    answer();
    return 0;
}
