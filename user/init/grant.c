/**
 * @file
 * Grants: the capabilities that a new process finds in its slots. Beside the two that every process
 * has there are those that its privileges name, and no others.
 */
#include "grant.h"

#include "first_task.h"
#include "memory.h"
#include "places.h"

#include "loader.h"
#include "services.h"

/** @return the address of one of a process's own slots */
static slot own_slot(const struct process *process, uint64_t number)
{
    return slot_in(process_slot(process, PROCESS_CSPACE), number);
}

/** @return the root task's slot for an interrupt line */
static slot line_slot(uint64_t line)
{
    return (slot){ROOT_SLOT_IRQ + line};
}

/** Gives the slot that was named when the process was started. An endpoint or a notification
 * without a badge gets the process's name as its badge. */
static enum error grant_given(const struct process *process, slot given)
{
    unsigned kind = slot_kind(given);
    uint64_t badge = 0;

    if ((kind == OBJECT_ENDPOINT || kind == OBJECT_NOTIFICATION) &&
        slot_read(given, SLOT_READ_BADGE).value == 0) {
        badge = process->id;
    }
    return slot_copy(own_slot(process, SLOT_GIVEN), given, RIGHTS_ALL, badge);
}

static enum error grant_memory(const struct process *process)
{
    uint64_t pages = process->privileges->memory;

    if (pages == 0) {
        return ERROR_NONE;
    }
    return untyped_retype(block_slot(process->memory), OBJECT(OBJECT_UNTYPED, pages),
                          own_slot(process, SLOT_OWN_MEMORY));
}

/** Gives a process parts of its own, and the screen. */
static enum error grant_parts(const struct process *process)
{
    const struct {
        enum privilege_part part;
        uint64_t own;
        slot from;
    } parts[] = {
        {PRIVILEGE_SPACE, SLOT_OWN_SPACE, pool_slot(process, POOL_SPACE)},
        {PRIVILEGE_THREAD, SLOT_OWN_THREAD, pool_slot(process, POOL_THREAD)},
        {PRIVILEGE_CSPACE, SLOT_OWN_CSPACE, process_slot(process, PROCESS_CSPACE)},
        {PRIVILEGE_SCREEN, SLOT_OWN_SCREEN, {ROOT_SLOT_SCREEN}},
    };
    enum error error = ERROR_NONE;

    for (size_t i = 0; error == ERROR_NONE && i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (process->privileges->parts & parts[i].part) {
            error = slot_copy(own_slot(process, parts[i].own), parts[i].from, RIGHTS_ALL, 0);
        }
    }
    return error;
}

static enum error grant_ports(const struct process *process)
{
    const struct privileges *privileges = process->privileges;
    enum error error = ERROR_NONE;

    for (uint32_t i = 0; error == ERROR_NONE && i < privileges->range_count; i++) {
        const struct port_range *range = &privileges->ranges[i];

        error = slot_copy(own_slot(process, SLOT_OWN_PORTS + i), (slot){ROOT_SLOT_PORTS},
                          RIGHTS_ALL, PORTS_PART(range->first, range->last));
    }
    return error;
}

/** An interrupt line is nobody else's: it is refused while somebody has a copy. */
static enum error grant_lines(const struct process *process)
{
    for (uint64_t line = 0; line < PRIVILEGE_LINES; line++) {
        slot from = line_slot(line);

        if ((process->privileges->lines >> line & 1) != 0 &&
            (slot_has_children(from) || slot_copy(own_slot(process, SLOT_OWN_IRQ + line), from,
                                                  RIGHTS_ALL, 0) != ERROR_NONE)) {
            return ERROR_BUSY;
        }
    }
    return ERROR_NONE;
}

/** To receive from a service is nobody else's either. */
static enum error grant_service(const struct process *process)
{
    uint32_t service = process->privileges->serves;

    if (service == 0) {
        return ERROR_NONE;
    }
    if (slot_has_children(service_receiver(service))) {
        return ERROR_BUSY;
    }
    return slot_copy(own_slot(process, SLOT_OWN_SERVICE), service_receiver(service), RIGHT_RECEIVE,
                     0);
}

static enum error grant_calls(const struct process *process)
{
    const struct privileges *privileges = process->privileges;
    enum error error = ERROR_NONE;

    for (uint32_t i = 0; error == ERROR_NONE && i < privileges->call_count; i++) {
        error =
            slot_copy(own_slot(process, SLOT_OWN_CALLS + i), service_caller(privileges->calls[i]),
                      RIGHT_SEND | RIGHT_GRANT, process->id);
    }
    return error;
}

/* What the privileges name, in this order. */
static enum error (*const grants[])(const struct process *process) = {
    grant_memory, grant_parts, grant_ports, grant_lines, grant_service, grant_calls,
};

/**
 * Fills a new process's slots.
 *
 * @param process  with all its parts
 * @param given    what goes into SLOT_GIVEN
 * @return as INIT_START in init/proto.h
 */
enum error grant_all(const struct process *process, slot given)
{
    enum error error = slot_copy(own_slot(process, SLOT_FAULTS), place_slot(PLACE_ENDPOINT),
                                 RIGHT_SEND | RIGHT_GRANT, process->id);

    if (error == ERROR_NONE) {
        error = grant_given(process, given);
    }
    for (size_t i = 0; error == ERROR_NONE && i < sizeof(grants) / sizeof(grants[0]); i++) {
        error = grants[i](process);
    }
    return error;
}
