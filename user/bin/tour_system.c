/**
 * @file
 * The tour, 8: a system from a description. Three components, threads with capability spaces of
 * their own, and a table that says who may talk to whom. What is not in the table cannot be done:
 * there is no rule that forbids it, there is no capability.
 *
 * A number goes from the source through the filter, which doubles it, to the sink and back here.
 */
#include "bin/tour.h"

#include "program.h"

enum component { SOURCE, FILTER, SINK, COMPONENTS, OBSERVER = COMPONENTS, PARTIES };

/** The description. */
static const struct {
    enum component from, to;
} ways[] = {{SOURCE, FILTER}, {FILTER, SINK}, {SINK, OBSERVER}};

static const char *const names[] = {"source", "filter", "sink", "observer"};

#define WAYS (sizeof(ways) / sizeof(ways[0]))
#define PROBE 1u /* label of a message that says nothing */

/* Slots here: everybody's endpoint, and each component's parts. */
static const slot endpoints[PARTIES] = {{4}, {5}, {6}, {7}};
static const struct tour_thread threads[COMPONENTS] = {
    {{8}, {9}, {10}}, {{11}, {12}, {13}}, {{14}, {15}, {16}}};
static struct tour_stack stacks[COMPONENTS];

/* Slots of a component: its own endpoint, and the ways to the others. */
#define OWN_ENDPOINT ((slot){3})

static slot way_to(uint64_t party)
{
    return (slot){4 + party};
}

/* --- A component. --- */

/** Knocks at every door. @return a bit for each way that there is */
static uint64_t probe(void)
{
    struct message message = {.info = info_make(PROBE, 0)};
    uint64_t found = 0;

    for (uint64_t to = 0; to < PARTIES; to++) {
        enum error error = ipc_send(way_to(to), &message, TIMEOUT_NONE);

        found |= (uint64_t)(error != ERROR_BAD_SLOT) << to;
    }
    return found;
}

/** Waits for what is no knock. */
static void await(slot endpoint, struct message *message)
{
    enum error error;

    do {
        error = ipc_recv(endpoint, message, TOUR_PATIENCE);
    } while (error == ERROR_NONE && info_label(message->info) == PROBE);
    tour_do("a message", error);
}

/** What each component does: word 0 is the number, the others say what ways each has found. */
static void component_run(uint64_t argument)
{
    uint64_t self = argument % PARTIES;
    struct message message = {.words = {argument / PARTIES}};

    if (self != SOURCE) {
        await(OWN_ENDPOINT, &message);
    }
    message.words[0] *= self == FILTER ? 2 : 1;
    message.words[1 + self] = probe();
    message.info = info_make(0, 1 + COMPONENTS);
    tour_do("onwards", ipc_send(way_to(self + 1), &message, TOUR_PATIENCE));
    call_kernel(CALL_TASK_EXIT, 0, 0, 0);
}

/* --- The one who wires them. --- */

/** @return a bit for each way that a component has by the description */
static uint64_t described(uint64_t from)
{
    uint64_t bits = 0;

    for (uint64_t i = 0; i < WAYS; i++) {
        bits |= (uint64_t)(ways[i].from == from) << ways[i].to;
    }
    return bits;
}

static void wire(void)
{
    for (uint64_t i = 0; i < PARTIES; i++) {
        tour_make(OBJECT_ENDPOINT, 0, endpoints[i]);
    }
    for (uint64_t i = 0; i < COMPONENTS; i++) {
        tour_thread_make(&threads[i], (slot){SLOT_OWN_SPACE}, (slot){SLOT_FAULTS}, 0);
        tour_do("its own endpoint", slot_copy(slot_in(threads[i].cspace, OWN_ENDPOINT.number),
                                              endpoints[i], RIGHT_RECEIVE, 0));
    }
    for (uint64_t i = 0; i < WAYS; i++) {
        slot to = slot_in(threads[ways[i].from].cspace, way_to(ways[i].to).number);

        print("[tour]   wired: %s to %s\n", names[ways[i].from], names[ways[i].to]);
        tour_do("a way", slot_copy(to, endpoints[ways[i].to], RIGHT_SEND, ways[i].from + 1));
    }
}

/** Reads all slots of all components: as described, and nothing besides. */
static void check_wiring(void)
{
    for (uint64_t from = 0; from < COMPONENTS; from++) {
        for (uint64_t number = way_to(0).number; number < TOUR_THREAD_SLOTS; number++) {
            slot way = slot_in(threads[from].cspace, number);
            bool is_way = described(from) >> (number - way_to(0).number) & 1;

            tour_expect("a slot's kind", is_way ? OBJECT_ENDPOINT : 0, slot_kind(way));
            tour_expect("its rights", is_way ? RIGHT_SEND : 0, tour_rights(way));
        }
    }
    print("[tour] I have read every slot of every component: it is as described.\n");
}

/** Wires a system, and lets it run. @param argument any number below 2^62 @return twice that */
int64_t main(uint64_t argument)
{
    struct message message = {0};

    print("[tour] 8. A system: who may talk to whom stands in a table.\n");
    wire();
    check_wiring();
    for (uint64_t i = 0; i < COMPONENTS; i++) {
        tour_thread_run(&threads[i], component_run, &stacks[i], argument * PARTIES + i);
    }
    await(endpoints[OBSERVER], &message);
    tour_expect("the sender's badge", SINK + 1, message.badge);
    for (uint64_t i = 0; i < COMPONENTS; i++) {
        print("[tour] The %s has tried all ways: %s is there, the others are refused.\n", names[i],
              names[i + 1]);
        tour_expect("the ways that it has found", described(i), message.words[1 + i]);
    }
    tour_do("revoke", slot_revoke((slot){SLOT_OWN_MEMORY}));
    return tour_end(message.words[0]);
}
