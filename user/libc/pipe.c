/**
 * @file
 * Pipes (IEEE 1003.1).
 */
#include <unistd.h>

#include "file_call.h"

/**
 * Makes a pipe.
 *
 * @param ends  set: what is written to [1] can be read from [0]
 * @return 0; -1: EMFILE, ENFILE
 */
int pipe(int ends[2])
{
    struct file_call call = {.request = FILE_PIPE};

    if (!file_call(&call)) {
        return -1;
    }
    ends[0] = (int)call.words[0];
    ends[1] = (int)call.words[1];
    return 0;
}
