/**
 * @file
 * A root task that makes every call about capabilities at random, with arguments that are mostly
 * right and at times hostile, and knows what each has to answer: model.h. After each call it
 * compares the slots that the call was about, at times all of them. The first difference ends the
 * test. Argument 0: how many calls it makes.
 */
#include "fuzz_messages.h"
#include "fuzz_objects.h"
#include "fuzz_slots.h"

#define GROUND_PAGES 1024u
#define COMPARE_EVERY 64u /* calls, on average */
#define MOMENTS 10u       /* how often the grader may look */
#define GIVE_UP 1500u     /* calls, on average, after which all is revoked */

/** A call, and how often it is made compared with others. */
static const struct {
    void (*make)(void);
    unsigned weight;
} operations[OPERATIONS] = {
    {try_retype, 16},      {try_copy, 16},       {try_move, 6},         {try_delete, 8},
    {try_revoke, 3},       {try_read, 2},        {try_map, 8},          {try_unmap, 3},
    {try_configure, 10},   {try_start, 6},       {try_stop, 2},         {try_resume, 4},
    {try_set_priority, 4}, {try_thread_read, 4}, {try_thread_write, 4}, {try_set_name, 1},
    {try_bind_line, 2},    {try_acknowledge, 1}, {try_port, 2},         {try_send, 3},
    {try_receive, 2},      {try_transfer, 5},    {try_invite, 4},       {try_save, 3},
    {try_reply, 3},        {try_signal, 3},      {try_wait, 2},         {try_bind, 2},
};

static const unsigned lines[] = {3, 5, 7, 9, 10, 11}; /* no device of the machine has these */

static uint64_t weights(void)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < OPERATIONS; i++) {
        sum += operations[i].weight;
    }
    return sum;
}

/** Makes some call. */
static void any_call(void)
{
    uint64_t chosen = below(weights());

    for (operation = 0; chosen >= operations[operation].weight; operation++) {
        chosen -= operations[operation].weight;
    }
    operations[operation].make();
}

/** One of the own places. @param named  set to the slot that it is */
static int own(uint64_t number, slot *named)
{
    named->number = own_first.number + number;
    return PLACE_OWN + (int)number;
}

/** Takes the memory that all is made of. */
static void take_ground(void)
{
    const struct root_memory *all = &root_told()->untyped[0];
    slot to;
    uint64_t bytes = (uint64_t)GROUND_PAGES * PAGE_SIZE;
    struct entry entry = {.kind = OBJECT_UNTYPED, .rights = RIGHTS_ALL, .badge = bytes};

    ground = own(0, &to);
    set_up(untyped_retype(root_untyped, OBJECT(OBJECT_UNTYPED, GROUND_PAGES), to));
    entry.start = all->start + all->bytes - root_free(root_untyped) - bytes;
    model_put(ground, entry, PLACE_NONE);
}

static void take_ports(void)
{
    struct entry entry = {.kind = OBJECT_PORTS, .badge = PORTS_PART(FIRST_PORT, LAST_PORT)};
    const slot ports = {ROOT_SLOT_PORTS};
    int place = place_of(0, PLACE_OWN, OWN_PLACES);
    slot to;

    if (place == PLACE_NONE || place_of(OBJECT_PORTS, PLACE_OWN, PLACE_PARTS) != PLACE_NONE) {
        return;
    }
    own((uint64_t)(place - PLACE_OWN), &to);
    set_up(slot_copy(to, ports, RIGHTS_ALL, entry.badge));
    model_put(place, entry, PLACE_NONE);
}

static void take_lines(void)
{
    for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct entry entry = {.kind = OBJECT_IRQ, .badge = lines[i], .object = (int16_t)lines[i]};
        slot to;
        int place = own(i + 1, &to);

        set_up(slot_move(to, (slot){ROOT_SLOT_IRQ + lines[i]}));
        model_put(place, entry, PLACE_NONE);
    }
}

static void start_peers(void)
{
    slot endpoint = root_make(OBJECT_ENDPOINT, 0);

    helper_cnode = root_make(OBJECT_CNODE, HELPER_SLOTS);
    set_up(slot_copy(slot_in(helper_cnode, HELPER_PLACES), endpoint, RIGHTS_ALL, 0));
    helper_endpoint = root_copy(endpoint, RIGHT_SEND | RIGHT_GRANT, 0);
    helper = root_thread_make(helper_cnode, root_own_space, PEER_LEVEL);
    root_thread_run(helper, help, (uint64_t)helper.buffer);
    callers_endpoint = root_make(OBJECT_ENDPOINT, 0);
    for (unsigned i = 0; i < CALLERS; i++) {
        invitations[i] = root_copy(root_make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 1);
        root_thread(call, i, PEER_LEVEL);
    }
}

static void begin(void)
{
    random_state = guest_seed;
    model.bound = model.last_caller = -1;
    own_first = root_slots(OWN_PLACES);
    start_peers();
    take_ground();
    take_lines();
    take_ports();
    set_up(thread_set_priority(root_self, OWN_LEVEL));
    task_sleep(2); /* the peers wait now */
}

/** Takes everything back. */
static void end(void)
{
    struct where where = where_is(ground);

    operation = 0;
    revoke(where);
    compare_all();
    for (int place = PLACE_OWN; place < PLACE_CNODES; place++) {
        where = where_is(place);
        if (place != ground && at(where)->kind != 0) {
            expect_error(slot_delete(slot_at(where)), ERROR_NONE);
            model_delete(place);
        }
    }
    compare_all();
    guest_report("free", root_free(slot_at(where_is(ground))));
}

int64_t guest_main(uint64_t argument)
{
    uint64_t calls = guest_argument(0);

    (void)argument;
    begin();
    guest_checkpoint("before");
    for (call_number = 1; call_number <= calls; call_number++) {
        any_call();
        if (one_in(COMPARE_EVERY)) {
            compare_all();
        }
        if (one_in(GIVE_UP)) {
            revoke(where_is(ground));
            take_ports();
        }
        if (call_number % (calls / MOMENTS) == 0) {
            guest_checkpoint("moment");
        }
    }
    end();
    for (unsigned i = 0; i < OPERATIONS * ERRORS; i++) {
        guest_report("outcomes", outcomes[i / ERRORS][i % ERRORS]);
    }
    guest_checkpoint("after");
    return 0;
}
