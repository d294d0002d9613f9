/**
 * @file
 * A root task that shows memory to other tasks: they may read it, by a capability that has come
 * with a message, and not write it; and when it is taken back they cannot read it either. Their
 * faults go to a handler, a thread of the root task.
 */
#include "abi/fault.h"
#include "ipc.h"
#include "root_parts.h"

#define READERS 2u
#define WORDS (PAGE_SIZE / sizeof(uint64_t))
#define READER_AT 0x0000500000000000u
#define READER_LEVEL 20u
#define HANDLER_LEVEL 25u
#define FAULTS_MAX 8u
#define READER_SLOTS 16u
#define NOTES 12u

/** A reader's slots. */
enum reader_slot {
    READER_OWNER = 1, /* to call the root task */
    READER_FAULTS = SLOT_FAULTS,
    READER_SPACE,
    READER_INBOX,  /* to receive from */
    READER_MEMORY, /* where the memory arrives */
    READER_COPY
};

/* What has been found out; the grader reads it when all is over. */
static volatile uint64_t notes[READERS][NOTES];
static volatile uint64_t note_counts[READERS];
static struct message faults[FAULTS_MAX];
static volatile uint64_t fault_count;

static struct root_thread readers[READERS];
static slot fault_endpoint, endpoint, inboxes[READERS];

extern const char reader_writes[], reader_goes_on[], reader_reads[]; /* instructions */

static __attribute__((noinline, noclone)) void write_word(uint64_t address)
{
    __asm__ volatile(".globl reader_writes\n"
                     "reader_writes: movq $1, (%0)\n"
                     ".globl reader_goes_on\n"
                     "reader_goes_on:"
                     :
                     : "r"(address)
                     : "memory");
}

static __attribute__((noinline, noclone)) uint64_t read_word(uint64_t address)
{
    uint64_t word;

    __asm__ volatile(".globl reader_reads\n"
                     "reader_reads: movq (%1), %0"
                     : "=r"(word)
                     : "r"(address)
                     : "memory");
    return word;
}

static void note(uint64_t reader, uint64_t what)
{
    notes[reader][note_counts[reader]++] = what;
}

static uint64_t digest(uint64_t address)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < WORDS; i++) {
        sum = sum * 31 + read_word(address + i * sizeof(uint64_t));
    }
    return sum;
}

/** A reader: its own slots, its own address space. */
static void reads(uint64_t number)
{
    const slot memory = {READER_MEMORY}, copy = {READER_COPY}, space = {READER_SPACE};
    uint64_t both = MEMORY_READ | MEMORY_WRITE;
    struct message message, question = {.info = info_make(0, 0)};

    note(number, ipc_recv((slot){READER_INBOX}, &message, TIMEOUT_INFINITE));
    note(number, message.info);
    note(number, slot_read(memory, SLOT_READ_KIND).value);
    note(number, frame_map(memory, space, READER_AT, both));
    note(number, slot_copy(copy, memory, RIGHTS_ALL, 0));
    note(number, slot_read(copy, SLOT_READ_KIND).value);
    note(number, frame_map(copy, space, READER_AT, both));
    note(number, frame_map(memory, space, READER_AT, MEMORY_READ));
    note(number, digest(READER_AT));
    write_word(READER_AT + message.words[0]);
    note(number, digest(READER_AT));
    note(number, ipc_call((slot){READER_OWNER}, &question, TIMEOUT_INFINITE));
    read_word(READER_AT + message.words[0]);
    note(number, 1); /* nobody comes so far */
    root_thread_end();
}

/** The handler: who wants to write goes on behind that, who wants to read ends. */
static void handle(uint64_t from)
{
    struct message message;

    while (ipc_recv((slot){from}, &message, TIMEOUT_INFINITE) == ERROR_NONE) {
        slot thread = readers[message.badge % READERS].thread;

        if (fault_count < FAULTS_MAX) {
            faults[fault_count++] = message;
        }
        if (message.words[1] == MEMORY_WRITE) {
            thread_write(thread, THREAD_FACT_RIP, (uint64_t)reader_goes_on);
        }
        message.info = info_make(message.words[1] != MEMORY_WRITE, 0);
        ipc_reply(SLOT_REPLY, &message);
    }
    root_thread_end();
}

/** Makes a reader. */
static slot make_reader(unsigned number)
{
    slot cspace = root_make(OBJECT_CNODE, READER_SLOTS), space = root_space();

    inboxes[number] = root_make(OBJECT_ENDPOINT, 0);
    set_up(slot_copy(slot_in(cspace, READER_OWNER), endpoint, RIGHT_SEND, 0));
    set_up(slot_copy(slot_in(cspace, READER_FAULTS), fault_endpoint, RIGHT_SEND, READERS + number));
    set_up(slot_copy(slot_in(cspace, READER_SPACE), space, RIGHTS_ALL, 0));
    set_up(slot_copy(slot_in(cspace, READER_INBOX), inboxes[number], RIGHT_RECEIVE, 0));
    readers[number] = root_thread_make(cspace, space, READER_LEVEL);
    readers[number].buffer->receive_slot = READER_MEMORY;
    set_up(thread_set_name(readers[number].thread, "reader", 6));
    root_thread_run(readers[number], reads, number);
    return cspace;
}

/** Shows a frame to a reader, by a copy that can only be read or by withholding the right. */
static void show(unsigned number, slot frame, uint64_t offset)
{
    struct message message = {.info = info_make(0, 1), .words = {offset}};
    slot travels = frame;

    ipc_buffer->words[MESSAGE_WITHHELD_WORD] = MEMORY_WRITE | MEMORY_EXECUTE;
    if (number == 0) {
        travels = root_copy(frame, MEMORY_READ, 0);
        ipc_buffer->words[MESSAGE_WITHHELD_WORD] = 0;
    }
    message.info |= info_transfer(travels);
    set_up(ipc_send(inboxes[number], &message, TIMEOUT_INFINITE));
}

static void scene(unsigned number)
{
    slot frame = root_make(OBJECT_FRAME, 1), cspace = make_reader(number);
    uint64_t *words = (uint64_t *)(ROOT_WINDOW + number * PAGE_SIZE);
    uint64_t offset;
    struct message message;

    set_up(frame_map(frame, root_own_space, (uint64_t)words, MEMORY_READ | MEMORY_WRITE));
    for (unsigned i = 0; i < WORDS; i++) {
        words[i] = guest_random();
    }
    offset = guest_random_below(WORDS) * sizeof(uint64_t);
    show(number, frame, offset);
    set_up(ipc_recv(endpoint, &message, TIMEOUT_INFINITE));
    guest_checkpoint("shown");
    set_up(slot_revoke(frame));
    message = (struct message){.info = info_make(0, 1), .words = {offset}};
    set_up(ipc_reply(SLOT_REPLY, &message));
    task_sleep(5);
    guest_report("state", thread_read(readers[number].thread, THREAD_FACT_STATE).value);
    guest_report("memory", slot_read(slot_in(cspace, READER_MEMORY), SLOT_READ_KIND).value);
    guest_report("copy", slot_read(slot_in(cspace, READER_COPY), SLOT_READ_KIND).value);
    guest_report("owner", digest((uint64_t)words));
}

static void report(void)
{
    for (unsigned i = 0; i < READERS; i++) {
        for (unsigned j = 0; j < note_counts[i]; j++) {
            guest_report("note", notes[i][j]);
        }
    }
    for (unsigned i = 0; i < fault_count; i++) {
        guest_report("badge", faults[i].badge);
        guest_report("info", faults[i].info);
        guest_report("address", faults[i].words[0]);
        guest_report("access", faults[i].words[1]);
        guest_report("instruction", faults[i].words[2]);
    }
    guest_report("writes-at", (uint64_t)reader_writes);
    guest_report("reads-at", (uint64_t)reader_reads);
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    fault_endpoint = root_make(OBJECT_ENDPOINT, 0);
    endpoint = root_make(OBJECT_ENDPOINT, 0);
    root_thread(handle, fault_endpoint.number, HANDLER_LEVEL);
    for (unsigned i = 0; i < READERS; i++) {
        scene(i);
    }
    report();
    guest_checkpoint("after");
    return 0;
}
