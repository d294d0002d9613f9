/**
 * @file
 * The victim: has a text of its own, tells where it is, and shows it. It does nothing wrong.
 *
 * The text stands at the end of a large array, where no other program has anything at the same
 * address.
 */
#include "bin/victim.h"

#include "print.h"
#include "program.h"
#include "server.h"
#include "string.h"

#define ENDPOINT ((slot){4})

static const char original[] = "all is well";
static char memory[256 * 1024];
static char *const text = memory + sizeof(memory) - sizeof(original);

static bool handle(struct message *message)
{
    struct message answer = {.info = info_make(ERROR_NONE, 1)};

    switch (info_label(message->info)) {
    case VICTIM_WHERE:
        answer.words[0] = (uintptr_t)text;
        break;
    case VICTIM_SHOW:
        print("[victim] my text is \"%s\"\n", text);
        answer.words[0] = strcmp(text, original) == 0;
        break;
    default:
        return server_result(message, ERROR_INVALID_ARGUMENT);
    }
    *message = answer;
    return true;
}

/** The victim. It runs until the machine stops. */
int64_t main(uint64_t argument)
{
    enum error error;

    (void)argument;
    memcpy(text, original, sizeof(original));
    error = server_open("victim", ENDPOINT);
    return error != ERROR_NONE ? error : server_run(ENDPOINT, handle);
}
