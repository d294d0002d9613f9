/**
 * @file
 * A model of threads, messages and time: what every system call has to bring about.
 *
 * It has no queues, links or counters. Who waits where is a field of each thread, and who is first
 * is who began to wait first; what names an object is looked for among all slots.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/error.h"
#include "abi/message.h"
#include "task/thread.h"

#define MODEL_OBJECTS 256u
#define MODEL_NOBODY (-1)

/** What a slot names. */
enum model_kind { MODEL_NOTHING, MODEL_ENDPOINT, MODEL_NOTIFICATION, MODEL_CALLER };

/** A slot. */
struct model_slot {
    enum model_kind kind;
    int object; /**< number of the endpoint or notification; of the caller */
    uint64_t rights, badge;
};

/** What a message travels in, and a call's result. */
struct model_registers {
    uint64_t rax, rdi, rsi, rdx, words[MESSAGE_REGISTER_WORDS];
};

/** A thread. */
struct model_thread {
    enum thread_state state;
    uint64_t since; /**< the moment at which it got into the state */
    int object;     /**< SENDING and so on: the number of the object that it waits at */
    uint64_t badge; /**< SENDING, CALLING: of its message */
    uint64_t deadline, deadline_since; /**< 0: none; and when it was set */
    uint64_t wake_tick;
    struct model_registers registers, fault;
    bool is_faulting;
    uint64_t buffer[MESSAGE_WORDS_MAX];
    struct model_slot slots[SLOT_LIMIT];
    int bound; /**< the notification that is bound to it */
    uint64_t id, pager;
    unsigned quantum;
    int joiner;
    int64_t exit_status;
};

/** All of it. */
struct model {
    struct model_thread threads[THREAD_LIMIT];
    uint64_t bits[MODEL_OBJECTS]; /**< of the notifications */
    int current;
    uint64_t ticks;
    uint64_t moment; /**< counts what happens */
};

extern struct model model;

void model_start(void);
struct model_thread *model_current(void);
void model_make_ready(int number);
int model_make_thread(uint64_t pager);
void model_put_slot(int thread, uint64_t number, struct model_slot content);
void model_call(uint64_t call, const uint64_t arguments[4]);
void model_fault(uint64_t address, uint64_t access, uint64_t instruction);
void model_tick(void);
bool model_is_named(enum model_kind kind, int object);
bool model_is_receivable(int endpoint);
