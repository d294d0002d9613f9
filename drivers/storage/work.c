/**
 * @file
 * What is done next: clients take turns, and of one client the oldest request is taken. Those that
 * go on where it ends, on the disk, are done with the same command if the bus master does it: it
 * takes each one's data from where that is.
 *
 * The bus master moves data to and from the client's own memory; the driver never sees them. That
 * the memory is still the client's is looked at just before. A client that ends later, while the
 * bus master is at it, loses memory that is written to for some milliseconds more: whoever starts a
 * client again has to wait as long before the memory is used for something else.
 */
#include "storage/work.h"

#include <stddef.h>

#include "storage/ata.h"
#include "storage/disk.h"
#include "storage/dma.h"

/** @return the client whose turn it is, of those with something to do; NULL: nobody has */
static struct client *next_client(void)
{
    static unsigned last;

    for (unsigned i = 1; i <= CLIENTS_MAX; i++) {
        struct client *client = &clients[(last + i) % CLIENTS_MAX];

        if (client->submitted != client->finished) {
            last = (unsigned)(client - clients);
            return client;
        }
    }
    return NULL;
}

/** Adds a request's data to the bus master's list. That the memory is still there is looked at
 * behind its address, which says nothing without it. */
static bool add_data(const struct client *client, const struct request *request)
{
    uint64_t address = slot_read(client_memory(client), SLOT_READ_ADDRESS).value;

    return client_memory_size(client) > 0 &&
           dma_add(address + request->offset, request->sectors * STORAGE_SECTOR);
}

/** @return whether a request goes on where an order ends, and has room in it */
static bool goes_on(const struct ata_order *order, const struct request *request)
{
    return request->operation == order->operation && request->disk == order->disk &&
           request->first == order->first + order->sectors &&
           request->sectors <= ATA_SECTORS_MAX - order->sectors;
}

/** Adds the requests behind the first one that fit. */
static void add_others(struct work *work)
{
    struct client *client = work->client;

    while (client->finished + work->count < client->submitted) {
        struct request *next = client_request(client, client->finished + work->count);

        if (!goes_on(&work->order, next) || !add_data(client, next)) {
            return;
        }
        next->attempts++;
        work->order.sectors += next->sectors;
        work->count++;
    }
}

/**
 * Takes what is to be done next. It stays in its client's queue until client_finish().
 *
 * @param work  set
 * @return false when there is nothing
 */
bool work_take(struct work *work)
{
    struct client *client = next_client();
    struct request *first;

    if (client == NULL) {
        return false;
    }
    first = client_request(client, client->finished);
    *work = (struct work){
        .client = client,
        .count = 1,
        .attempts = ++first->attempts,
        .order = {first->operation, first->disk, first->first, first->sectors, false},
        .offset = first->offset,
    };
    if (first->operation != STORAGE_FLUSH && client->careful == 0 && disks[first->disk].has_dma) {
        dma_clear();
        work->order.by_dma = add_data(client, first);
    }
    if (work->order.by_dma) {
        add_others(work);
    }
    return true;
}
