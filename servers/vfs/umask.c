/**
 * @file
 * FILE_UMASK.
 */
#include "handlers.h"

/** Sets the permissions that new files do not get: see proto.h. */
int file_umask(struct request *request)
{
    struct client *client = request->client;

    request->answer[0] = client->umask;
    client->umask = (uint32_t)request->words[0] & CLIENT_UMASK_BITS;
    return 0;
}
