/**
 * @file
 * A model of capabilities, objects and threads: plain lists. Each capability says where it stands,
 * what it names and whom it came from; what is in a CNode, how many name an object, and who works
 * for whom is looked for in the lists.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/error.h"
#include "object/object.h"
#include "task/thread.h"

#define MODEL_CAPS 1024
#define MODEL_OBJECTS 512
#define MODEL_NOBODY (-1)
#define MODEL_LINES 16

/** A capability. */
struct model_cap {
    struct slot *slot;     /**< where it stands; NULL: this entry is not in use */
    int parent;            /**< MODEL_NOBODY: the kernel made it */
    int object;            /**< that it names; MODEL_NOBODY: memory, a line, ports */
    enum object_kind kind; /**< of what it names */
    unsigned rights;       /**< RIGHTS_ALL where there are none */
    bool is_device;
    uint64_t badge;       /**< endpoint, notification */
    uint64_t start, size; /**< memory: address and bytes; line; ports: the first and last one */
    uint64_t next;        /**< untyped: the first byte that is free */
    int space;            /**< frame: mapped in this one */
    uint64_t address;     /**< at this address */
    unsigned mapped_rights;
};

/** A table of an address space: of a level, for addresses with this beginning. */
struct model_table {
    unsigned level;
    uint64_t prefix;
};

/** An object. */
struct model_object {
    enum object_kind kind;
    bool is_alive;
    uint64_t start, bytes; /**< its memory */
    uint64_t count;        /**< CNode: slots; address space: pages for tables */
    struct model_table *tables;
    uint64_t tables_used;
    uint64_t bits; /**< notification */
    int server;    /**< endpoint: who has received from it last */
    struct model_thread *thread;
};

/** A thread. */
struct model_thread {
    int object; /**< its number */
    enum thread_state state;
    int64_t since;      /**< who has been in the state for longest has the smallest number */
    int at;             /**< the object that it waits at */
    uint64_t info;      /**< SENDING, CALLING: of its message */
    struct slot *reply; /**< ANSWERING: the slot that may answer it */
    uint64_t deadline;  /**< 0: none */
    bool has_result;
    enum error result; /**< of its last call, when its wait is over */
    int bound;
    unsigned level;
    unsigned place; /**< READY: the queue that it is in, as seen last */
    unsigned quantum;
    bool has_started;
};

/** All of it. */
struct model {
    struct model_cap caps[MODEL_CAPS];
    struct model_object objects[MODEL_OBJECTS];
    int cap_count, object_count;
    int current; /**< the thread that runs; MODEL_NOBODY: the idle one */
    int root;
    int relieved;     /**< who has lost its place as a server in this step */
    unsigned granted; /**< the level at which the thread that runs has been chosen in this tick */
    int64_t back, front;
    uint64_t ticks;
    int dead[MODEL_OBJECTS]; /**< those that have ended in this step */
    int dead_count;
    struct slot *lines[MODEL_LINES]; /**< where a line's capability to its notification stands */
};

extern struct model model;

/* caps.c */
int model_cap_at(const struct slot *slot);
int model_add_cap(struct model_cap cap);
int model_names(int object);
bool model_is_below(int cap, int ancestor);
bool model_has_child(int cap);
struct slot *model_slot(int thread, uint64_t number);
enum error model_locate(int thread, uint64_t address, struct slot **slot);
int model_find(int thread, uint64_t address, enum object_kind kind);
enum error model_mint(struct model_cap *cap, uint64_t rights, uint64_t badge);
bool model_is_copyable(int cap);
int model_derive(struct slot *to, struct model_cap content, int parent);
enum error model_copy(uint64_t to, uint64_t from, uint64_t rights, uint64_t badge);
enum error model_move(uint64_t to, uint64_t from);
void model_doom(bool doomed[MODEL_CAPS]);
void model_bury(const bool doomed[MODEL_CAPS]);

/* objects.c */
void *model_memory(int object);
int model_add_object(struct model_object object);
enum error model_retype(uint64_t untyped, uint64_t object, uint64_t to);
enum error model_map(int frame, int space, uint64_t address, uint64_t rights);
uint64_t model_untyped_free(int cap);
bool model_space_add_table(struct model_object *space, unsigned level, uint64_t address);

/* threads.c */
bool model_is_thread(int object);
struct model_thread *model_thread(int object);
int model_part(int thread, size_t offset);
bool model_is_whole(int thread);
void model_make_ready(int thread);
void model_wait(int thread, enum thread_state state, int at, uint64_t timeout);
void model_wake(int thread, enum error result);
void model_halt(int thread);
void model_forget_thread(int thread);
int model_first(int object, bool receives);
int model_caller(const struct slot *reply);
bool model_may_receive(int endpoint);
enum error model_send(int thread, int endpoint, uint64_t info, bool is_call, uint64_t timeout);
enum error model_receive(int thread, uint64_t number, uint64_t timeout);
enum error model_reply(int thread, uint64_t number, uint64_t info);
enum error model_check(int thread, const struct slot *through, uint64_t info);
void model_signal(int notification, uint64_t bits);
bool model_is_awaited(int thread);
unsigned model_level(int thread);
