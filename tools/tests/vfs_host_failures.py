"""Disks that fail, and damage: who is told by the VFS server on the host, and what is written."""

import errno
import os
from pathlib import Path

from support import run
from vfs_host_base import RDWR_CREAT, Host, make_disk

import vfs_host as vfs
from vfs_host import Client, Server

WRITE_BACK = 6000           # milliseconds: then what has changed has been written
NO_FILES_BLOCK = 3          # of a disk with blocks of 1024 bytes: no file can have it
CACHE_BLOCKS = 512
PIECE = 4000


def on_disk(disk: Path, path: str) -> bytes:
    """A file's contents, as the host sees them."""
    return run("debugfs", "-R", f"cat {path}", disk).stdout.encode()


def state_of(disk: Path) -> str:
    """What the super block says."""
    lines = run("dumpe2fs", "-h", disk).stdout.splitlines()
    return next(line.split(":")[1].strip() for line in lines if line.startswith("Filesystem state"))


class Failures(Host):
    """What could not be written is told to all whom it concerns, once to each."""

    def changed(self, client: Client, path: str = "/file") -> int:
        """A file with a change that is in memory only; before it everything was written."""
        descriptor = self.good(client.open(path, RDWR_CREAT))
        self.good(client.write(descriptor, b"kept" * 100))
        self.good(client.call(vfs.SYNC, []))
        self.good(client.write(descriptor, b"more" * 100, 0))
        return descriptor

    def fail_write_back(self, server: Server) -> None:
        """The disk fails while nobody waits for it, and is well again."""
        server.say("f 1000")
        server.pass_time(WRITE_BACK)
        server.pass_time(WRITE_BACK)
        server.say("F")
        self.assertTrue(any("could not be written" in line for line in server.printed))

    def test_what_fails_before_anybody_asks(self) -> None:
        """Every open file is told by its own fsync, also if others were told before."""
        disk = make_disk(1024)
        server = self.start([disk])
        one, two, new = server.client(5), server.client(6), server.client(7)
        of_one, of_two = self.changed(one), self.good(two.open("/file", os.O_RDWR))
        self.fail_write_back(server)
        of_new = self.good(new.open("/file"))           # nobody has been told: it is, too
        for client, descriptor in ((one, of_one), (two, of_two), (new, of_new)):
            self.refused(errno.EIO, client.call(vfs.FSYNC, [descriptor]))
            self.good(client.call(vfs.FSYNC, [descriptor]))
        late = server.client(8)
        self.good(late.call(vfs.FSYNC, [self.good(late.open("/file"))]))
        self.assertEqual(on_disk(disk, "/file"), b"more" * 100)
        self.finish(server, range(5, 9))

    def test_what_fails_is_told_by_sync(self) -> None:
        """By each client's, and by that of one that begins later, if nobody knows of it yet."""
        server = self.start([make_disk(1024)])
        one, two = server.client(5), server.client(6)
        self.changed(one)
        self.good(two.stat("/"))
        self.fail_write_back(server)
        for client in (server.client(7), two, one):
            self.refused(errno.EIO, client.call(vfs.SYNC, []))
            self.good(client.call(vfs.SYNC, []))
        self.good(server.client(8).call(vfs.SYNC, []))
        self.finish(server, range(5, 9))

    def test_several_sync_at_once(self) -> None:
        """One transfer fails, that of a block which concerns all of them."""
        for seed in range(1, 6):
            with self.subTest(seed=seed):
                server = self.start([make_disk(1024)], seed=seed)
                clients = [server.client(number) for number in range(5, 9)]
                self.changed(clients[0])
                for client in clients[1:]:
                    self.good(client.open("/file", os.O_RDWR))
                server.say("f 1")
                sent = [client.send(label, [0]) for client, label
                        in zip(clients, (vfs.FSYNC, vfs.FSYNC, vfs.SYNC, vfs.SYNC))]
                server.go()
                for one in sent:
                    self.refused(errno.EIO, self.answered(one))
                self.good(clients[0].call(vfs.FSYNC, [0]))
                self.finish(server, range(5, 9))

    def test_one_file_is_synced_twice_at_once(self) -> None:
        """Neither takes the other's failure, if they are under way together; mostly they are."""
        seeds, together = range(1, 9), 0
        for seed in seeds:
            server = self.start([make_disk(1024)], seed=seed)
            client = server.client(5)
            descriptor = self.changed(client)
            self.fail_write_back(server)
            sent = [client.send(vfs.FSYNC, [descriptor]) for _ in range(2)]
            server.go()
            errors = [self.answered(one).error for one in sent]
            self.assertIn(errors, ([errno.EIO, errno.EIO], [errno.EIO, 0]))
            together += errors[1] == errno.EIO
            self.good(client.call(vfs.FSYNC, [descriptor]))
            self.finish(server, range(5, 6))
        self.assertGreater(together, len(seeds) // 2)

    def test_a_flush_that_fails(self) -> None:
        """What the drive had in its own cache may be lost: nobody is told that all is well."""
        disk = make_disk(1024)
        server = self.start([disk])
        client, other = server.client(5), server.client(6)
        descriptor = self.changed(client)
        of_other = self.good(other.open("/file"))
        server.say("l 1")
        self.refused(errno.EIO, client.call(vfs.FSYNC, [descriptor]))
        self.refused(errno.EIO, other.call(vfs.FSYNC, [of_other]))
        self.good(client.call(vfs.FSYNC, [descriptor]))
        self.assertEqual(state_of(disk), "not clean")
        self.finish(server, range(5, 7))

    def test_blocks_that_are_lost(self) -> None:
        """Their places were needed while the disk failed. The disk is not marked as clean."""
        disk = make_disk(1024)
        server = self.start([disk])
        client, other = server.client(5), server.client(6)
        descriptor = self.changed(client)
        of_other = self.good(other.open("/file"))
        server.say("f 100000")
        for i in range(CACHE_BLOCKS):
            client.write(descriptor, b"x" * PIECE, 1000 + i * PIECE)
        server.say("F")
        server.go()
        self.assertTrue(any("is lost" in line for line in server.printed))
        server.pass_time(WRITE_BACK)                    # it goes well, and takes nothing away
        server.pass_time(WRITE_BACK)
        for one, file in ((client, descriptor), (other, of_other)):
            self.refused(errno.EIO, one.call(vfs.FSYNC, [file]))
            self.good(one.call(vfs.FSYNC, [file]))
        self.assertEqual(state_of(disk), "not clean")
        self.finish(server, range(5, 7))

    def test_unmounting_tells(self) -> None:
        """Nobody has asked before the disk goes: whoever unmounts it is told, once."""
        server = self.start([make_disk(1024), make_disk(1024)])
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, "/mnt", 0o755))
        self.good(client.mount("disk1", "/mnt", "ext2"))
        self.good(client.close(self.changed(client, "/mnt/file")))
        self.fail_write_back(server)
        self.refused(errno.EIO, client.by_path(vfs.UNMOUNT, "/mnt"))
        self.good(client.by_path(vfs.UNMOUNT, "/mnt"))
        self.finish(server, range(5, 6))


class BadSector(Host):
    """Several blocks go over at once: one that is bad does no harm to those beside it."""

    BLOCK, BLOCKS, BAD = 4096, 10, 5

    def with_file(self) -> tuple[Path, int]:
        """A disk with a file of blocks that are neighbours. @return it, and a sector of one"""
        disk, file = make_disk(self.BLOCK), make_disk(self.BLOCK).with_name("file")
        file.write_bytes(self.contents(b"old"))
        run("debugfs", "-w", "-R", f"write {file} file", disk)
        blocks = [int(number) for number in run("debugfs", "-R", "blocks /file",
                                                disk).stdout.split()]
        self.assertEqual(blocks, list(range(blocks[0], blocks[0] + self.BLOCKS)))
        return disk, blocks[self.BAD] * self.BLOCK // 512 + 3

    def contents(self, text: bytes) -> bytes:
        return b"".join(text.ljust(self.BLOCK, b"%d" % i) for i in range(self.BLOCKS))

    def test_neighbours_are_read(self) -> None:
        disk, sector = self.with_file()
        server = self.start([disk])
        server.say(f"b {sector}")
        client = server.client(5)
        descriptor = self.good(client.open("/file"))
        right = self.contents(b"old")
        for i in range(self.BLOCKS):
            answer = client.read(descriptor, PIECE, i * self.BLOCK)
            if i == self.BAD:
                self.refused(errno.EIO, answer)
            else:
                self.good(answer)
                self.assertEqual(answer.data, right[i * self.BLOCK:i * self.BLOCK + PIECE])
        self.finish(server, range(5, 6))

    def test_neighbours_are_written(self) -> None:
        """By fsync; or when their places are needed."""
        for is_pressed in (False, True):
            with self.subTest(is_pressed=is_pressed):
                disk, sector = self.with_file()
                server = self.start([disk])
                client = server.client(5)
                descriptor = self.good(client.open("/file", os.O_RDWR))
                new = self.contents(b"new")
                for i in range(self.BLOCKS):
                    for at in (i * self.BLOCK, i * self.BLOCK + self.BLOCK // 2):
                        self.good(client.write(descriptor, new[at:at + self.BLOCK // 2], at))
                server.say(f"b {sector}")
                if is_pressed:
                    other = self.good(client.open("/other", RDWR_CREAT))
                    for i in range(2 * CACHE_BLOCKS):
                        self.good(client.write(other, b"x" * PIECE, i * self.BLOCK))
                for _ in range(2):
                    self.refused(errno.EIO, client.call(vfs.FSYNC, [descriptor]))
                    if is_pressed:
                        break
                found = disk.read_bytes()
                first = (sector // 8 - self.BAD) * self.BLOCK
                for i in set(range(self.BLOCKS)) - {self.BAD}:
                    at = first + i * self.BLOCK
                    self.assertEqual(found[at:at + self.BLOCK],
                                     new[i * self.BLOCK:(i + 1) * self.BLOCK], i)
                self.finish(server, range(5, 6))


class Damage(Host):
    """A mount that damage has made read-only: what was accepted before it is not lost."""

    def damaged(self, client: Client, below: str = "") -> int:
        """Changes a file, which stays in memory; then damage is met by another change.
        @return the changed file's descriptor"""
        descriptor = self.good(client.open(f"{below}/good", RDWR_CREAT))
        self.good(client.write(descriptor, b"accepted" * 500))
        bad = self.good(client.open(f"{below}/bad", os.O_RDWR))
        self.refused(errno.EIO, client.call(vfs.FTRUNCATE, [bad, 0]))
        self.refused(errno.EROFS, client.write(descriptor, b"x"))
        self.good(client.close(bad))
        return descriptor

    def disk(self) -> Path:
        """A disk with a file that leads to where no file's block can be."""
        disk, bad = make_disk(1024), make_disk(1024).with_name("bad")
        bad.write_bytes(b"bad" * 2000)
        for command in (f"write {bad} bad", f"set_inode_field bad block[1] {NO_FILES_BLOCK}"):
            run("debugfs", "-w", "-R", command, disk)
        return disk

    def test_fsync_writes_what_was_accepted(self) -> None:
        disk = self.disk()
        server = self.start([disk])
        client = server.client(5)
        descriptor = self.damaged(client)
        self.good(client.call(vfs.FSYNC, [descriptor]))
        self.assertEqual(on_disk(disk, "/good"), b"accepted" * 500)
        self.assertIn("errors", state_of(disk))
        self.finish(server, range(5, 6))

    def test_fsync_tells_what_cannot_be_written(self) -> None:
        disk = self.disk()
        server = self.start([disk])
        client = server.client(5)
        descriptor = self.damaged(client)
        server.say("f 1000")
        self.refused(errno.EIO, client.call(vfs.FSYNC, [descriptor]))
        server.say("F")
        self.good(client.call(vfs.FSYNC, [descriptor]))
        self.assertEqual(on_disk(disk, "/good"), b"accepted" * 500)
        self.finish(server, range(5, 6))

    def test_it_is_written_by_and_by(self) -> None:
        disk = self.disk()
        server = self.start([disk])
        self.damaged(server.client(5))
        for _ in range(3):
            server.pass_time(WRITE_BACK)
        server.__exit__(None, None, None)
        self.assertEqual(on_disk(disk, "/good"), b"accepted" * 500)

    def test_unmounting_writes_it(self) -> None:
        disk = self.disk()
        server = self.start([make_disk(1024), disk])
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, "/mnt", 0o755))
        self.good(client.mount("disk1", "/mnt", "ext2"))
        self.good(client.close(self.damaged(client, "/mnt")))
        server.say("f 1000")
        self.refused(errno.EIO, client.by_path(vfs.UNMOUNT, "/mnt"))
        server.say("F")
        self.good(client.by_path(vfs.UNMOUNT, "/mnt"))
        self.assertEqual(on_disk(disk, "/good"), b"accepted" * 500)
        self.finish(server, range(5, 6))

    def test_read_only_from_the_beginning(self) -> None:
        """Nothing is written to such a disk, whatever is asked."""
        disk = self.disk()
        server = self.start([make_disk(1024), disk])
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, "/mnt", 0o755))
        before = disk.read_bytes()
        self.good(client.mount("disk1", "/mnt", "ext2", flags=1))
        descriptor = self.good(client.open("/mnt/bad"))
        self.refused(errno.EROFS, client.open("/mnt/new", os.O_CREAT))
        self.refused(errno.EIO, client.read(descriptor, 1000, 1024))
        self.good(client.call(vfs.FSYNC, [descriptor]))
        self.good(client.close(descriptor))
        self.good(client.call(vfs.SYNC, []))
        server.pass_time(WRITE_BACK)
        self.good(client.by_path(vfs.UNMOUNT, "/mnt"))
        self.assertEqual(disk.read_bytes(), before)
        self.finish(server, range(5, 6))
