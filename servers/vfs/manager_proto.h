/**
 * @file
 * Resource managers: programs that answer for a path.
 *
 * A program attaches a path with FILE_ATTACH. From then on what others do with that path, and with
 * paths below it, waits in the VFS server until the manager fetches it. The server never waits for
 * a manager: it signals the notification that came with FILE_ATTACH, and the manager asks, with
 * FILE_NEXT, for one request after the other until there is none. A manager may have several
 * requests at once, and answer them in any order.
 *
 *     FILE_NEXT   request: 0 the manager's number, 1 tag of a request that is answered now, or 0;
 *                          2 its error number, 3 its result; the bytes of a read
 *                 answer:  label 0, as always: errno.h
 *                          0 tag, 0: there is none waiting; 1 enum manager_request; 2 handle;
 *                          3, 4, 5 as below; and bytes
 *
 *     request           3                 4          bytes    result, bytes of the answer
 *     MANAGER_OPEN      flags (fcntl.h)   length     path behind the attached one; the result is a
 *                                                    handle: any number, that the other requests
 *                                                    then carry
 *     MANAGER_CLOSE     -                 -          the last descriptor is closed. The answer
 *                                                    means nothing
 *     MANAGER_READ      bytes wanted      offset     -; bytes read, and these bytes
 *     MANAGER_WRITE     bytes             offset     the bytes; how many are taken
 *     MANAGER_CONTROL   command           argument   -; as FILE_CONTROL
 *     MANAGER_CANCEL    tag of a request  -          nobody waits for its answer any more; it needs
 *                                                    none, and neither does this
 *
 * The flags of MANAGER_OPEN are all that the client has given. The server has looked at those that
 * say what has to be there, and the manager need not: its own path exists, and is no directory. Of
 * what is below that path the manager alone knows, so O_CREAT and O_EXCL are its affair there; what
 * O_TRUNC and O_APPEND mean is so everywhere. Nobody reads who has not opened it to be read, and so
 * with writing.
 *
 * When the manager ends, whoever waits for an answer gets EIO, and its path is free again.
 */
#pragma once

/** Most requests that a manager has fetched and not answered, at any time. */
#define MANAGER_CALLS 224u

/** What is asked of a manager. */
enum manager_request {
    MANAGER_OPEN = 1,
    MANAGER_CLOSE,
    MANAGER_READ,
    MANAGER_WRITE,
    MANAGER_CONTROL,
    MANAGER_CANCEL
};
