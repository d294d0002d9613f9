/**
 * @file
 * What the suites share: random texts, a heap, a folder to write in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc.h"
#include "suites.h"

#define HEAP_SIZE (1u << 20)

/** Makes a text of 0 to size - 1 characters of an alphabet. */
void random_text(char *to, size_t size, const char *alphabet)
{
    size_t length = random_below(size);

    for (size_t i = 0; i < length; i++) {
        to[i] = alphabet[random_below(strlen(alphabet))];
    }
    to[length] = '\0';
}

/** Gives the library a heap. */
void heap_give_all(void)
{
    static _Alignas(16) char heap[HEAP_SIZE];

    libc_heap_use(heap, sizeof(heap));
}

static char folder[] = "/tmp/libctest-XXXXXX";
static pid_t owner;

/** Removes the folder, in the process that has made it. */
static void remove_folder(void)
{
    char command[sizeof(folder) + 16];

    snprintf(command, sizeof(command), "rm -rf %s", folder);
    if (getpid() == owner && chdir("/") == 0 && system(command) != 0) {
        fputs("the folder is still there\n", stderr);
    }
}

/** Makes a folder, and goes there. It goes when the process ends. */
void folder_enter(void)
{
    owner = getpid();
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) {
        fail("no folder to write in");
    }
    atexit(remove_folder);
}
