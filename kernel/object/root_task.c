/**
 * @file
 * The root task: the kernel makes it and gives it everything. It is the last time that the kernel
 * makes anything by itself; from here on all memory is somebody's.
 *
 * The first untyped, which is the largest run of free memory, pays for the root task: its
 * capability space, control block, address space, pages and buffer are made from it as any other
 * objects are.
 */
#include "arch/devices.h"
#include "arch/interrupt.h"
#include "arch/machine.h"
#include "arch/modules.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "cap/cap.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "ipc/endpoint.h"
#include "ipc/message.h"
#include "lib/string.h"
#include "object/object.h"
#include "task/elf.h"
#include "task/program.h"

#define STACK_PAGES (PROGRAM_STACK_SIZE / PAGE_SIZE)
#define STACK_END (MEMORY_BUFFER - PAGE_SIZE)
#define SCREEN_START 0xB8000u /* the VGA's text mode */
#define SCREEN_PAGES 8u

static struct slot *slots; /* of the root task */
static uint64_t next_slot; /* the first one for pages that is empty */
static struct thread *root_task;

static void require(enum error error, const char *what)
{
    if (error != ERROR_NONE) {
        panic("root task: %s: %s", what, error_name(error));
    }
}

/** A capability that the kernel makes: it comes from nothing. */
static void originate(uint64_t number, struct slot content)
{
    slots[number] = content;
    tree_insert(&slots[number], &cap_origin);
    object_count(&slots[number], 1);
}

/** Makes an object of the first untyped. */
static struct slot *make(uint64_t number, uint64_t object)
{
    struct slot *untyped = &slots[ROOT_SLOT_UNTYPED];
    struct object_size size;
    uint64_t offset;

    require(untyped_check(untyped, object, &size, &offset), "its memory");
    while (!untyped_clear(untyped, offset + size.bytes)) {
    }
    untyped_make(untyped, object, offset, offset + size.bytes, &slots[number]);
    return &slots[number];
}

/**
 * Makes the capability space. The slots for untyped memory are in it, and it is made of untyped
 * memory: so its place, at the beginning of the first untyped, is used before it is made.
 */
static void make_cspace(const struct root_info *info)
{
    uint64_t bytes = paging_round_up(sizeof(struct cnode) + ROOT_SLOTS * sizeof(struct slot));
    struct cnode *cnode = paging_window(info->untyped[0].start);

    if (info->untyped[0].bytes < bytes) {
        panic("root task: expected %lu bytes of free memory in one piece", bytes);
    }
    memset(cnode, 0, bytes);
    slots = cnode->slots;
    for (uint64_t i = 0; i < info->untyped_count; i++) {
        originate(ROOT_SLOT_UNTYPED + i, (struct slot){.allows = SLOT_UNTYPED,
                                                       .badge = info->untyped[i].bytes,
                                                       .start = info->untyped[i].start});
    }
    slots[ROOT_SLOT_UNTYPED].pages = (uint32_t)(bytes / PAGE_SIZE);
    make(ROOT_SLOT_CSPACE, OBJECT(OBJECT_CNODE, ROOT_SLOTS));
}

/** What is no memory that could be used for anything: devices, files. */
static void originate_devices(struct root_info *info)
{
    originate(ROOT_SLOT_PORTS, (struct slot){.allows = SLOT_PORTS, .badge = UINT16_MAX});
    originate(
        ROOT_SLOT_SCREEN,
        (struct slot){.allows = (MEMORY_READ | MEMORY_WRITE) << SLOT_FRAME_SHIFT | SLOT_DEVICE,
                      .pages = SCREEN_PAGES,
                      .start = SCREEN_START});
    for (unsigned line = 1; line < INTERRUPT_LINES; line++) {
        if (line != INTERRUPT_CASCADE) {
            originate(ROOT_SLOT_IRQ + line, (struct slot){.allows = SLOT_IRQ, .start = line});
        }
    }
    for (size_t i = 0; i < modules.count; i++) {
        struct memory_range file = modules.items[i].memory;
        uint64_t pages = paging_round_up(file.end - file.start) / PAGE_SIZE;

        memcpy(info->files[i].name, modules.items[i].name, ROOT_FILE_NAME_SIZE);
        info->files[i].size = file.end - file.start;
        originate(
            ROOT_SLOT_FILES + i,
            (struct slot){.allows = (MEMORY_READ | MEMORY_EXECUTE) << SLOT_FRAME_SHIFT,
                          .pages = (uint32_t)(pages < FRAME_PAGES_MAX ? pages : FRAME_PAGES_MAX),
                          .start = file.start});
    }
    info->file_count = modules.count;
}

/** Makes pages of the root task. @return where the kernel sees them */
static void *add_pages(uint64_t number, uintptr_t address, uint64_t pages, unsigned rights)
{
    struct slot *frame = make(number, OBJECT(OBJECT_FRAME, pages));

    require(frame_map(frame, slots[ROOT_SLOT_SPACE].space, address, rights), "its pages");
    return paging_window(frame->start);
}

/**
 * Gives the root task a page, all of it 0: elf_load() does.
 *
 * @param thread   the root task
 * @param address  of the page; not mapped yet
 * @param rights   see enum memory_rights
 * @param view     set to where the kernel sees it
 * @return ERROR_NONE
 */
enum error program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                            uint8_t **view)
{
    (void)thread;
    *view = add_pages(next_slot++, address, 1, rights);
    return ERROR_NONE;
}

/** Makes the root task's thread and all that it needs. */
static void make_thread(struct elf_file *file)
{
    make(ROOT_SLOT_SPACE, OBJECT(OBJECT_SPACE, ROOT_SPACE_TABLES));
    add_pages(ROOT_SLOT_BUFFER, MEMORY_BUFFER, 1, MEMORY_READ | MEMORY_WRITE);
    root_task = make(ROOT_SLOT_THREAD, OBJECT(OBJECT_THREAD, 0))->thread;
    memcpy(root_task->name, modules.items[0].name, THREAD_NAME_SIZE);
    require(thread_configure(root_task, &slots[ROOT_SLOT_CSPACE], &slots[ROOT_SLOT_SPACE],
                             &slots[ROOT_SLOT_BUFFER]),
            "its thread");
    require(elf_load(file, root_task), root_task->name);
    add_pages(next_slot++, STACK_END - PROGRAM_STACK_SIZE, STACK_PAGES, MEMORY_READ | MEMORY_WRITE);
}

/**
 * Starts the first program, that of the first module, as the root task.
 */
void program_start_first(void)
{
    static struct root_info info;
    struct elf_file file = {.bytes = paging_window(modules.items[0].memory.start),
                            .size = modules.items[0].memory.end - modules.items[0].memory.start};

    if (modules.count == 0) {
        panic("program_start_first: expected programs as boot modules (-initrd), found none");
    }
    require(elf_check(&file), modules.items[0].name);
    root_memory_collect(&info);
    make_cspace(&info);
    originate_devices(&info);
    next_slot = ROOT_SLOT_IMAGE;
    make_thread(&file);
    info.empty_first = next_slot;
    memcpy(add_pages(ROOT_SLOT_INFO, ROOT_INFO_ADDRESS, 1, MEMORY_READ), &info, sizeof(info));
    printk("[cap] root CSpace initialized\n");
    thread_start(root_task, elf_entry(&file), STACK_END, 0);
}

/**
 * Ends a thread, by itself or by a fault. With the root task the system ends: nobody is left to
 * start anything. Many threads may end one after the other before any goes on
 * (ipc/fault_message.c), so interrupts have their turn after each.
 *
 * @param thread  the current one; the idle thread is, afterwards
 * @param status  its exit status
 */
void program_end(struct thread *thread, int64_t status)
{
    thread->state = THREAD_ENDED;
    reply_drop(&thread->caller);
    priority_forget_thread(thread);
    if (thread == root_task) {
        printk("[kernel] %s has ended with status %ld\n", thread->name, status);
        machine_stop(STOP_DONE);
    }
    sched.current = sched.idle;
    interrupt_window();
}

_Static_assert(sizeof(struct root_info) <= PAGE_SIZE && MODULE_LIMIT <= ROOT_FILES_MAX &&
                   MODULE_NAME_SIZE == ROOT_FILE_NAME_SIZE && THREAD_NAME_SIZE == MODULE_NAME_SIZE,
               "what the root task is told is a page");
