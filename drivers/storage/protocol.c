/**
 * @file
 * The driver's protocol: what is asked is checked here, once and for all. What has been submitted
 * can be done, unless the disk fails or the client takes its memory back.
 */
#include "storage/protocol.h"

#include <errno.h>

#include "memory.h"
#include "server.h"
#include "string.h"

#include "storage/ata.h"
#include "storage/channel.h"
#include "storage/client.h"
#include "storage/disk.h"
#include "storage/slots.h"

/** Makes a message an answer. @return true, for the handler */
static bool answer(struct message *message, int error, unsigned length)
{
    message->info = info_make((uint32_t)error, length);
    return true;
}

/** @return whether what has arrived is an object of a kind, with all these rights */
static bool has_arrived(const struct message *message, enum object_kind kind, uint64_t rights)
{
    uint64_t found = slot_read(ARRIVING, SLOT_READ_KIND).value;

    return (message->info & MESSAGE_TRANSFER) != 0 && capability_kind(found) == kind &&
           (capability_rights(found) & rights) == rights;
}

static bool is_disk(uint64_t number)
{
    return number < STORAGE_DISKS && disks[number].sectors > 0;
}

static bool handle_info(struct message *message)
{
    const struct disk *disk;

    if (!is_disk(message->words[0])) {
        return answer(message, ENODEV, 0);
    }
    disk = &disks[message->words[0]];
    message->words[0] = disk->sectors;
    message->words[1] = disk->has_dma ? STORAGE_DMA : 0;
    memcpy(&message->words[2], disk->model, sizeof(disk->model));
    return answer(message, 0, 2 + DISK_MODEL_WORDS);
}

/** Puts what has arrived in the place of what a client has given before. */
static int replace(slot place)
{
    slot_delete(place);
    return slot_move(place, ARRIVING) == ERROR_NONE ? 0 : EINVAL;
}

static int take_memory(const struct message *message)
{
    struct client *client;

    if (!has_arrived(message, OBJECT_FRAME, MEMORY_READ | MEMORY_WRITE) ||
        slot_read(ARRIVING, SLOT_READ_SIZE).value > STORAGE_MEMORY_PAGES) {
        return EINVAL;
    }
    client = client_get(message->badge);
    if (client == NULL || client->submitted != client->finished) {
        return EBUSY;
    }
    return replace(client_memory(client));
}

static int take_signal(const struct message *message)
{
    struct client *client;

    if (!has_arrived(message, OBJECT_NOTIFICATION, RIGHT_SEND)) {
        return EINVAL;
    }
    client = client_get(message->badge);
    return client == NULL ? EBUSY : replace(client_signal(client));
}

/** @return whether sectors are the disk's */
static bool is_on_disk(uint64_t first, uint64_t sectors, const struct disk *disk)
{
    return sectors <= disk->sectors && first <= disk->sectors - sectors;
}

/** @return whether there are sectors to be moved, and a place for them in the client's memory */
static bool has_place(const struct client *client, uint64_t sectors, uint64_t offset)
{
    uint64_t size = client_memory_size(client);
    uint64_t bytes = sectors * STORAGE_SECTOR;

    return sectors >= 1 && sectors <= STORAGE_SECTORS_MAX && offset % STORAGE_SECTOR == 0 &&
           bytes <= size && offset <= size - bytes;
}

/** Checks a request. @return 0 or an error number */
static int check(const struct client *client, const uint64_t *words)
{
    if (!is_disk(words[1])) {
        return ENODEV;
    }
    if (words[0] == STORAGE_FLUSH) {
        return 0;
    }
    if ((words[0] != STORAGE_READ && words[0] != STORAGE_WRITE) ||
        !has_place(client, words[3], words[4]) ||
        !is_on_disk(words[2], words[3], &disks[words[1]])) {
        return EINVAL;
    }
    return 0;
}

static int submit(const struct message *message)
{
    const uint64_t *words = message->words;
    bool is_flush = words[0] == STORAGE_FLUSH;
    struct client *client = client_find(message->badge);
    int error = client == NULL ? EINVAL : check(client, words);

    if (error != 0) {
        return error;
    }
    if (client->submitted - client->reaped == STORAGE_QUEUE) {
        return EAGAIN;
    }
    *client_request(client, client->submitted++) = (struct request){
        .operation = (enum storage_operation)words[0],
        .disk = (unsigned)words[1],
        .first = is_flush ? 0 : words[2],
        .sectors = is_flush ? 0 : (unsigned)words[3],
        .offset = is_flush ? 0 : words[4],
        .tag = words[5],
    };
    return 0;
}

static bool handle_reap(struct message *message)
{
    struct client *client = client_find(message->badge);
    unsigned count = 0;

    while (client != NULL && client->reaped < client->finished && count < STORAGE_REAPED_MAX) {
        const struct request *request = client_request(client, client->reaped++);

        message->words[1 + 2 * count] = request->tag;
        message->words[2 + 2 * count] = (uint64_t)request->error;
        count++;
    }
    message->words[0] = count;
    return answer(message, 0, 1 + 2 * count);
}

static bool handle_request(struct message *message)
{
    switch (info_label(message->info)) {
    case STORAGE_INFO:
        return handle_info(message);
    case STORAGE_MEMORY:
        return answer(message, take_memory(message), 0);
    case STORAGE_SIGNAL:
        return answer(message, take_signal(message), 0);
    case STORAGE_SUBMIT:
        return answer(message, submit(message), 0);
    case STORAGE_REAP:
        return handle_reap(message);
    default:
        return answer(message, EINVAL, 0);
    }
}

/** Handles a request, and leaves the slot empty where the next capability may arrive. */
bool protocol_handle(struct message *message)
{
    bool arrived = message->info & MESSAGE_TRANSFER;
    bool answered = handle_request(message);

    if (arrived) {
        slot_delete(ARRIVING);
    }
    channel_continue();
    return answered;
}
