/**
 * @file
 * Capabilities: what kernel and programs agree on.
 *
 * A capability is the authority to use one object in certain ways. It stands in a slot of a
 * capability space, which is an object itself (a CNode); a program names it by the slot's number.
 * What is made from an object, and every copy, is a child of the capability that it came from: the
 * derivation tree, which slot_revoke cuts.
 */
#pragma once

/** Kinds of objects that are made from untyped memory. */
enum object_kind {
    OBJECT_UNTYPED = 1,  /**< memory that is nothing yet */
    OBJECT_CNODE,        /**< slots for capabilities */
    OBJECT_THREAD,       /**< a thread control block */
    OBJECT_SPACE,        /**< an address space: page tables */
    OBJECT_FRAME,        /**< memory that can be mapped */
    OBJECT_ENDPOINT,     /**< where messages are handed over */
    OBJECT_NOTIFICATION, /**< bits that somebody can wait for */
    OBJECT_REPLY,        /**< not made: the authority to answer a caller */
    OBJECT_IRQ,          /**< not made: an interrupt line */
    OBJECT_PORTS,        /**< not made: I/O ports */
};

/**
 * What untyped_retype is to make. Size: pages of an untyped or a frame (at most FRAME_PAGES_MAX);
 * slots of a CNode; pages for the tables of an address space, its root among them; else 0.
 */
#define OBJECT(kind, size) ((uint64_t)(size) << 8 | (kind))

#define FRAME_PAGES_MAX 512ul   /**< pages of a frame: 2 MB */
#define CNODE_SLOTS_MAX 65536ul /**< slots of a CNode; at least 2 */
#define SPACE_TABLES_MAX 512ul  /**< tables of an address space; at least SPACE_TABLES_MIN */
#define SPACE_TABLES_MIN 4ul

/** A slot of another capability space: `cnode` is the number of a slot that holds it. A plain
 * number is a slot of the calling thread's own space. */
#define SLOT_IN(cnode, number) ((uint64_t)(cnode) << 32 | (number))

#define RIGHTS_ALL 7ul /**< RIGHT_SEND and so on, or MEMORY_READ and so on */

/** slot_copy's badge for a frame: the copy is of these pages only. */
#define FRAME_PART(first, pages) ((uint64_t)(first) << 16 | (pages))
/** slot_copy's badge for I/O ports: the copy is of these only, the last one included. (Port 0 alone
 * cannot be named: that would be 0, which stands for all.) */
#define PORTS_PART(first, last) ((uint64_t)(first) << 16 | (last))

/** What slot_read tells of a slot. */
enum slot_fact {
    SLOT_READ_KIND,  /**< enum object_kind (0: empty), its rights << 8, has it children << 16 */
    SLOT_READ_BADGE, /**< endpoint, notification: the badge; frame: where it is mapped, or 0; CNode:
                          slots; untyped: bytes; ports: PORTS_PART; IRQ: line */
    SLOT_READ_SIZE,  /**< frame: pages; untyped: bytes still free; address space: tables left */
    SLOT_READ_ADDRESS, /**< frame: its physical address, for devices that fetch it themselves */
};

#define PRIORITY_LEVELS 32u /**< of threads: 0 to 31, the highest */

/** What thread_read and thread_write are about. Registers only while the thread is stopped, or
 * waits for the answer to its fault. */
enum thread_fact {
    THREAD_FACT_STATE, /**< 0: stopped, 1: ended, 2: runs, or would, 3: waits; not to be written */
    THREAD_FACT_RIP,
    THREAD_FACT_RSP,
    THREAD_FACT_RFLAGS,
    THREAD_FACT_RAX,
    THREAD_FACT_RBX,
    THREAD_FACT_RCX,
    THREAD_FACT_RDX,
    THREAD_FACT_RSI,
    THREAD_FACT_RDI,
    THREAD_FACT_RBP,
    THREAD_FACT_R8, /**< and so on up to R15 */
    THREAD_FACTS = THREAD_FACT_R8 + 8
};

/** Index in the sender's IPC buffer of the word with the rights that do not travel along with a
 * capability. */
#define MESSAGE_WITHHELD_WORD 1
