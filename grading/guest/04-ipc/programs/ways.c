/**
 * @file
 * A client that makes the same kind of call on both ways: with an infinite timeout the fast path
 * may take it, with one that is finite, if huge, it may not. Argument: how many calls at random.
 */
#include "exchange.h"

#include "endpoint.h"
#include "guest_program.h"
#include "string.h"
#include "task.h"

#define HUGE_TIMEOUT (1ul << 40)
#define FAST_CALLS 100u
#define BADGE 77u

static const slot endpoint = {2};
static const slot copy = {3};
static uint64_t digest;

uint64_t guest_frame_pointer; /* exchanged with RBP around a call */
uint64_t guest_calls;         /* read by the grader: of a row, those that have come back */

static void note(uint64_t word)
{
    digest = digest_add(digest, word);
}

/** A call with every register chosen, and every one that comes back noted. */
static void call(uint64_t timeout)
{
    uint64_t rax = CALL_IPC_CALL, rdi = copy.number, rsi, rdx = timeout, rbx, frame, before, after;
    uint64_t words[MESSAGE_REGISTER_WORDS];

    for (unsigned i = 0; i < MESSAGE_REGISTER_WORDS; i++) {
        words[i] = guest_random();
    }
    rsi = info_make((uint32_t)guest_random(), 0);
    rsi |= guest_random_below(MESSAGE_REGISTER_WORDS + 1);
    frame = guest_frame_pointer = guest_random();
    register uint64_t r8 __asm__("r8") = words[0];
    register uint64_t r9 __asm__("r9") = words[1];
    register uint64_t r10 __asm__("r10") = words[2];
    register uint64_t r12 __asm__("r12") = words[3];
    register uint64_t r13 __asm__("r13") = words[4];
    register uint64_t r14 __asm__("r14") = words[5];
    register uint64_t r15 __asm__("r15") = words[6];
    rbx = words[7];
    __asm__ volatile("movq %%rsp, %[before]" : [before] "=m"(before));
    __asm__ volatile("xchgq %%rbp, guest_frame_pointer(%%rip)\n\t"
                     "syscall\n\t"
                     "xchgq %%rbp, guest_frame_pointer(%%rip)"
                     : "+a"(rax), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r8), "+r"(r9), "+r"(r10),
                       "+r"(r12), "+r"(r13), "+r"(r14), "+r"(r15), "+b"(rbx)
                     :
                     : "rcx", "r11", "memory", "cc");
    uint64_t got[] = {rax, rdi, rsi, r8, r9, r10, r12, r13, r14, r15, rbx};

    __asm__ volatile("movq %%rsp, %[after]" : [after] "=m"(after));
    for (unsigned i = 0; i < sizeof(got) / sizeof(got[0]); i++) {
        note(got[i]);
    }
    note(guest_frame_pointer ^ frame);
    note(after - before);
}

/** Only calls that the fast path takes, then one that it does not. */
static void row(const char *name)
{
    guest_calls = 0;
    guest_checkpoint(name);
    for (unsigned i = 0; i < FAST_CALLS; i++) {
        call(TIMEOUT_INFINITE);
        guest_calls++;
    }
    call(HUGE_TIMEOUT);
    guest_calls++;
}

int64_t guest_main(uint64_t argument)
{
    static const char name[] = "ways_server";

    (void)argument;
    guest_report("set-up", endpoint_create(endpoint));
    guest_report("set-up", slot_copy(copy, endpoint, RIGHT_SEND, BADGE));
    guest_report("set-up", task_start(name, strlen(name), 0, endpoint).error);
    for (uint64_t i = 0; i < guest_argument(0); i++) {
        call(guest_random_below(2) == 0 ? TIMEOUT_INFINITE : HUGE_TIMEOUT);
    }
    guest_report_hex("digest", digest);
    row("calls");
    row("answers");
    guest_checkpoint("after");
    guest_report_hex("digest", digest);
    return 0;
}
