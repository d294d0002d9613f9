/**
 * @file
 * The first C code of a program of the C library.
 *
 * A program from the disk is started with the address of its arguments, has a heap, and the VFS
 * server's endpoint in SLOT_GIVEN. One that the root task starts by itself has none of these: its
 * main() gets no arguments, and may set files_endpoint and heap_use().
 */
#include "init/session_proto.h"

#include <stdlib.h>
#include <unistd.h>

#include "arguments.h"
#include "buffer.h"
#include "files.h"
#include "heap.h"
#include "program_name.h"

struct ipc_buffer *ipc_buffer;

int main(int argc, char **argv);
noreturn void libc_start(uint64_t argument, struct ipc_buffer *buffer);

/**
 * Runs the program; called by _start.
 *
 * @param argument  INIT_ARGUMENTS_ADDRESS in a program from the disk; 0 in others
 * @param buffer    the task's IPC buffer
 */
noreturn void libc_start(uint64_t argument, struct ipc_buffer *buffer)
{
    static char *nothing[] = {NULL};
    char **argv = nothing;
    int argc = -1;

    ipc_buffer = buffer;
    environ = nothing;
    if (argument == INIT_ARGUMENTS_ADDRESS) {
        files_endpoint = (slot){SLOT_GIVEN};
        heap_use((void *)INIT_HEAP_START, INIT_HEAP_PAGES * 4096);
        argc = arguments_read((void *)argument, INIT_ARGUMENTS_PAGES * 4096ul, &argv, &environ);
    }
    program_name_set(argv[0]);
    exit(main(argc < 0 ? 0 : argc, argv));
}
