/**
 * @file
 * Texts about what a process may do: the capabilities in its slots.
 */
#include "abi/memory.h"
#include "abi/message.h"
#include "capability.h"
#include "vfs/proc/texts.h"

#define PORTS_SHIFT 16u /* PORTS_PART: the first port is above */
#define PORT_MASK 0xFFFFu

static void print_message_rights(struct text *text, uint64_t rights)
{
    text_print(text, "%s%s%s", rights & RIGHT_SEND ? " send" : "",
               rights & RIGHT_RECEIVE ? " receive" : "", rights & RIGHT_GRANT ? " grant" : "");
}

static void print_memory_rights(struct text *text, uint64_t rights)
{
    text_print(text, "%s%s%s", rights & MEMORY_READ ? " read" : "",
               rights & MEMORY_WRITE ? " write" : "", rights & MEMORY_EXECUTE ? " execute" : "");
}

static void print_frame(struct text *text, const struct root_capability *capability)
{
    text_print(text, "frame of %lu pages:", capability->size);
    print_memory_rights(text, capability_rights(capability->kind));
    if (capability->badge != 0) {
        text_print(text, ", mapped at %#lx", capability->badge);
    }
}

/** Where messages go, or signals. */
static void print_endpoint(struct text *text, const char *name,
                           const struct root_capability *capability)
{
    text_print(text, "%s:", name);
    print_message_rights(text, capability_rights(capability->kind));
    if (capability->badge != 0) {
        text_print(text, ", badge %lu", capability->badge);
    }
}

/** Tells what a slot holds. */
static void print_capability(struct text *text, const struct root_capability *capability)
{
    uint64_t badge = capability->badge;

    switch (capability_kind(capability->kind)) {
    case OBJECT_UNTYPED:
        text_print(text, "untyped memory of %lu bytes, %lu free", badge, capability->size);
        break;
    case OBJECT_CNODE:
        text_print(text, "capability space of %lu slots", badge);
        break;
    case OBJECT_THREAD:
        text_print(text, "thread");
        break;
    case OBJECT_SPACE:
        text_print(text, "address space, %lu tables left", capability->size);
        break;
    case OBJECT_FRAME:
        print_frame(text, capability);
        break;
    case OBJECT_ENDPOINT:
        print_endpoint(text, "endpoint", capability);
        break;
    case OBJECT_NOTIFICATION:
        print_endpoint(text, "notification", capability);
        break;
    case OBJECT_REPLY:
        text_print(text, "a caller to be answered");
        break;
    case OBJECT_IRQ:
        text_print(text, "interrupt line %lu", badge);
        break;
    case OBJECT_PORTS:
        text_print(text, "I/O ports %#lx to %#lx", badge >> PORTS_SHIFT, badge & PORT_MASK);
        break;
    default:
        text_print(text, "something of kind %u", capability_kind(capability->kind));
    }
}

/** All its capabilities: slot, kind, rights. */
void text_process_caps(struct text *text, const struct root_process *process)
{
    struct root_capability capability;

    for (uint64_t slot = 0; root_capability_read(process->id, slot, &capability); slot++) {
        if (capability_kind(capability.kind) == 0) {
            continue;
        }
        text_print(text, "%lu: ", slot);
        print_capability(text, &capability);
        text_print(text, "%s\n",
                   capability_has_children(capability.kind) ? ", others derived from it" : "");
    }
}
