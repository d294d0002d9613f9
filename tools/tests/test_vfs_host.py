"""The VFS server on the host: compared with the host's own system, and asked what nobody
should ask.

tools/vfstest builds all of servers/vfs/ as a program of the host, with sanitizers; a script plays
its clients. Mistakes that are made on purpose have to be found: the tests have teeth.
"""

import unittest

from mutation import Mutation, Teeth
from support import run, table
from vfs_host_base import SEEDS, Host, build, compare, make_disk, work_place
from vfs_host_clients import Clients, Pipes, Requests
from vfs_host_edges import Edges
from vfs_host_failures import BadSector, Damage, Failures
from vfs_host_managers import Managers
from vfs_host_systems import Devices, Mounts, Slow

from vfs_compare import Difference
from vfs_host import ServerEnded

STEPS = 4000


class Compared(Host):
    """The same operations here and in the host's own system."""

    def test_in_memory(self) -> None:
        for compiler in ("gcc", "clang"):
            for seed in SEEDS:
                with self.subTest(compiler, seed=seed):
                    self.tell("ramfs", seed, compare(build(compiler), seed, STEPS))

    def test_on_a_disk(self) -> None:
        for seed in SEEDS:
            for block_size in (1024, 4096):
                with self.subTest(seed=seed, block_size=block_size):
                    disk = make_disk(block_size)
                    self.tell(f"ext2, {block_size}", seed, compare(build(), seed, STEPS, disk))
                    done = run("e2fsck", "-fn", disk)
                    self.assertEqual(done.returncode, 0, done.stdout)

    def test_workers_and_locks(self) -> None:
        for seed in SEEDS:
            done = run(build(may_warn=True).with_name("workers"), str(seed), "20000")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def tell(self, what: str, seed: int, log: list[str]) -> None:
        well = sum(line.endswith(": ok") for line in log)
        table("VFS server and the host", [{"file system": what, "seed": seed,
                                           "operations": len(log), "that went well": well}])
        self.assertGreater(well, len(log) // 5)


# Of files of the server, with the tests that have to find them.
MUTATIONS = [
    Mutation("a reference is not given back", "test_in_and_out", "path.c",
             "    if (path->node != NULL) {\n        node_put(path->node);\n    }\n}", "}"),
    Mutation("a directory that was removed takes new names", "test_a_directory_that_was_removed",
             "names.c",
             "    if (directory->status.links == 0) {\n        return ENOENT;\n    }\n"
             "    error = file_system->lookup(",
             "    error = file_system->lookup("),
    Mutation("a directory goes below itself", "test_in_memory", "rename.c",
             "    if (error != 0 || is) {\n        return error != 0 ? error : EINVAL;\n    }\n",
             ""),
    Mutation("a file over a directory", "test_in_memory", "rename.c",
             "return replaced != NULL && node_is_directory(replaced) ? EISDIR : 0;", "return 0;"),
    Mutation("append begins where the offset is", "test_in_memory", "read_write.c",
             "        transfer.offset = FILE_CURRENT;\n", ""),
    Mutation("what dup2 replaces stays open", "test_in_memory", "descriptors.c",
             "        *replaced = to->files[place];\n", ""),
    Mutation("a passed file is not counted", "test_in_memory", "descriptors.c",
             "        to->files[place] = file;\n        file->references++;",
             "        to->files[place] = file;"),
    Mutation("the end is sought from the beginning", "test_in_memory", "seek.c",
             "        from = file->node->status.size;", "        from = 0;"),
    Mutation("what is cut off comes back", "test_in_memory", "ramfs/ram_contents.c",
             "    if (page != NULL) { /* what is behind",
             "    if (page == (void *)1) { /* what is behind"),
    Mutation("O_EXCL opens what is there", "test_in_memory", "open.c",
             "    if (flags & O_CREAT && flags & O_EXCL) {\n        return EEXIST;\n    }\n", ""),
    Mutation("a length is believed", "test_lengths_that_are_not_there", "read_write.c",
             "    if (request->words[1] > request->size) {\n        return EINVAL;\n    }\n", ""),
    Mutation("one more symbolic link", "test_links_in_a_path", "path.c",
             "path->links > FILE_LINKS_MAX", "path->links > FILE_LINKS_MAX + 1"),
    Mutation("a waiting request outlives its client", "test_a_process_that_waits_and_ends",
             "clients.c", "    requests_cancel(client);\n", ""),
    Mutation("one client takes all workers", "test_who_asks_too_much_at_once_is_refused",
             "request.c", "client->requests < REQUESTS_OF_CLIENT && ", ""),
    Mutation("who has given up keeps a worker", "test_requests_that_nobody_waits_for", "request.c",
             "        cancel_abandoned(client);\n", ""),
    Mutation("a closed end wakes nobody", "test_who_waits_sees_the_other_end_close", "pipe_file.c",
             "        pipe->has_writer = false;\n        worker_wake_all(&pipe->readers);",
             "        pipe->has_writer = false;"),
    Mutation("a piece goes in as far as there is room", "test_pieces_stay_whole", "pipe_write.c",
             "PIPE_SIZE - pipe->count < size) {", "PIPE_SIZE == pipe->count) {"),
    Mutation("a manager that has ended is waited for", "test_who_waits_for_a_manager_that_ends",
             "managers.c", "    manager_calls_end(manager);\n", ""),
    Mutation("what was opened for nobody stays open", "test_cancelled_requests", "manager_calls.c",
             "        if (call->what == MANAGER_OPEN && answer->error == 0) {",
             "        if (false) {"),
    Mutation("a manager's word is a length", "test_wrong_words", "manager_calls.c",
             "uint64_t size = answer->result < call->room_size ? answer->result : call->room_size;",
             "uint64_t size = answer->result;"),
    Mutation("a mount with an open file goes", "test_in_and_out", "mounts.c",
             " || nodes_of(mount) > 1;", ";"),
    Mutation("what is only read is written", "test_only_to_be_read", "open.c",
             "    return node->mount->is_read_only && wants_to_write(flags) ? EROFS : 0;",
             "    return 0;"),
    Mutation("a writer does not wait for readers", "test_workers_and_locks", "rw_lock.c",
             "if (lock->is_written || lock->readers > 0 || lock->waiting.first != NULL) {",
             "if (lock->is_written || lock->waiting.first != NULL) {"),
    Mutation("a reader overtakes a writer", "test_workers_and_locks", "rw_lock.c",
             "    if (lock->is_written || lock->waiting.first != NULL) {\n"
             "        wait(lock, false);",
             "    if (lock->is_written) {\n        wait(lock, false);"),
    Mutation("a writer is let in beside readers", "test_workers_and_locks", "rw_lock.c",
             "        } else if (lock->readers == 0) {", "        } else if (true) {"),
    Mutation("who waits surely is cancelled", "test_workers_and_locks", "worker.c",
             "worker->queue != NULL && !worker->is_sure && ", "worker->queue != NULL && "),
    Mutation("a cancelled worker stays in its queue", "test_workers_and_locks", "worker.c",
             "        queue_remove(worker->queue, worker);", "       "),
    Mutation("nothing is written by and by", "test_what_changed_is_written_by_and_by", "sync.c",
             "    mounts_sync(true);", "    (void)0;"),
    Mutation("a file goes when it gets a name that it has", "test_edges", "rename.c",
             "error != 0 || renaming->node == renaming->replaced", "error != 0"),
    Mutation("a name that goes leaves the directory's times", "test_times", "ramfs/ram_names.c",
             "    directory->status.modified = clock_seconds();\n", ""),
    Mutation("a new process has the first umask", "test_umask", "begin.c",
             "    child->umask = request->client->umask;\n", ""),
    Mutation("O_TRUNC does not reach a manager", "test_flags", "manager_file.c",
             ".words = {flags, length}", ".words = {file->flags, length}"),
    Mutation("the write-back takes failures away", "test_what_fails_before_anybody_asks", "sync.c",
             "    mounts_sync(true);", "    mounts_sync(true);\n    mounts_tell();"),
    Mutation("one fsync tells for all", "test_what_fails_before_anybody_asks", "sync.c",
             "    told = file->told;", "    told = file->node->mount->told;"),
    Mutation("one sync tells for all", "test_what_fails_is_told_by_sync", "sync.c",
             "told = client->told;", "told = mounts_told();"),
    Mutation("of two who sync a file one is told", "test_one_file_is_synced_twice_at_once",
             "sync.c",
             "    error = mount_sync(file->node->mount);\n",
             "    error = mount_sync(file->node->mount);\n    told = file->told;\n"),
    Mutation("a flush that has failed is done again", "test_a_flush_that_fails", "device.c",
             "        device_fail(device, true);\n", ""),
    Mutation("a disk that has lost blocks is clean", "test_blocks_that_are_lost", "ext2/state.c",
             " || device_has_lost(ext2->device)", ""),
    Mutation("what damage has stopped is not written", "test_fsync_writes_what_was_accepted",
             "mounts_sync.c",
             "mount->file_system->sync != NULL) {",
             "mount->file_system->sync != NULL &&\n        !mount->is_read_only) {"),
    Mutation("who unmounts is told nothing", "test_unmounting_tells", "mounts_sync.c",
             "mount_tell(mount) != told && error == 0 ? EIO : error", "error"),
]


class Mistakes(Host, Teeth):
    """Mistakes in the server are found by the tests."""

    mutations = MUTATIONS

    def expect_found(self, mutation: Mutation[str]) -> None:
        with mutation.made(work_place() / "tree/servers/vfs"):
            build(may_warn=True)
            self.assertTrue(self.is_found_by(mutation.finder),
                            f"{mutation.finder} does not find it")

    def is_found_by(self, test: str) -> bool:
        if test == "test_in_memory":
            return any(self.differs(seed) for seed in range(1, 6))
        result = unittest.TestResult()
        VfsServer(test).run(result)
        return not result.wasSuccessful()

    def differs(self, seed: int) -> bool:
        try:
            compare(build(may_warn=True), seed, STEPS)
        except (Difference, ServerEnded):
            return True
        return False


class VfsServer(Compared, Requests, Clients, Pipes, Managers, Mounts, Devices, Slow, Failures,
                BadSector, Damage, Edges, Mistakes, unittest.TestCase):
    """All of them in one class, so that one process builds the server."""

    expected_seconds = 240


if __name__ == "__main__":
    unittest.main()
