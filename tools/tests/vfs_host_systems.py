"""Managers, mounts, devices and disks: what the VFS server has on the host besides plain files."""

import errno
import os
import random

from support import run, work_folder
from vfs_host_base import RDWR_CREAT, SEEDS, Host, facts, make_disk

import vfs_host as vfs
from vfs_host import CURRENT, Answer, Client, Server



class Managers(Host):
    """Programs that answer for a path."""

    OPEN, CLOSE, READ, WRITE, CONTROL, CANCEL = range(1, 7)

    def attach(self, server: Server, number: int = 5, path: str = "/dev/device") -> int:
        data = path.encode()
        return self.good(server.client(number).call(vfs.ATTACH, [len(data)], data,
                                                    notification=number))

    def next(self, server: Server, manager: int, tag: int = 0, error: int = 0, result: int = 0,
             data: bytes = b"", number: int = 5) -> Answer:
        answer = server.client(number).call(vfs.NEXT, [manager, tag, error, result], data)
        self.good(answer)
        return answer

    def opened(self, server: Server, manager: int, client: Client, handle: int = 77) -> int:
        """A client opens the device, the manager allows it. @return descriptor"""
        pending = client.send(vfs.OPEN, [len(b"/dev/device"), os.O_RDWR, 0], b"/dev/device")
        server.go()
        question = self.next(server, manager)
        self.assertEqual(question.words[1], self.OPEN)
        self.next(server, manager, question.words[0], 0, handle)
        return self.good(self.answered(pending))

    def test_open_read_write_close(self) -> None:
        server = self.start()
        manager, client = self.attach(server), server.client(6)
        self.assertIn("device", client.listdir("/dev")[1])
        descriptor = self.opened(server, manager, client)
        pending = client.send(vfs.WRITE, [descriptor, 5, CURRENT], b"hello")
        server.go()
        self.assertEqual(server.signalled[-1], 5)
        question = self.next(server, manager)
        self.assertEqual(question.words[1:5], [self.WRITE, 77, 5, 0])
        self.assertEqual(question.data[:5], b"hello")
        pending2 = client.send(vfs.READ, [descriptor, 100, CURRENT])
        question2 = self.next(server, manager, question.words[0], 0, 4)
        self.assertEqual(self.answered(pending).value, 4)
        if question2.words[0] == 0:
            question2 = self.next(server, manager)
        self.assertEqual(question2.words[1:5], [self.READ, 77, 100, 4])
        self.next(server, manager, question2.words[0], 0, 3, b"abcdefgh")
        answer = self.answered(pending2)
        self.assertEqual((answer.value, answer.data[:3]), (3, b"abc"))
        self.good(client.close(descriptor))
        question = self.next(server, manager)
        self.assertEqual(question.words[1:3], [self.CLOSE, 77])
        self.assertEqual(self.next(server, manager).words[0], 0)
        self.finish(server, range(5, 7))

    def test_what_is_behind_its_name(self) -> None:
        server = self.start()
        manager, client = self.attach(server), server.client(6)
        flags = os.O_RDWR | os.O_APPEND | os.O_NONBLOCK
        pending = client.send(vfs.OPEN, [21, flags, 0], b"/dev/device/tcp/10/80")
        server.go()
        question = self.next(server, manager)
        self.assertEqual(question.words[3:5], [flags, 9])
        self.assertEqual(question.data[:9], b"tcp/10/80")
        self.next(server, manager, question.words[0], errno.ECONNREFUSED)
        self.refused(errno.ECONNREFUSED, self.answered(pending))
        self.refused(errno.ENOTDIR, client.open("/dev/null/x"))
        self.refused(errno.ENOTDIR, client.stat("/dev/device/x"))
        self.finish(server, range(5, 7))

    def test_control(self) -> None:
        server = self.start()
        manager, client = self.attach(server), server.client(6)
        descriptor = self.opened(server, manager, client)
        pending = client.send(vfs.CONTROL, [descriptor, 3, 4])
        server.go()
        question = self.next(server, manager)
        self.assertEqual(question.words[1:5], [self.CONTROL, 77, 3, 4])
        self.next(server, manager, question.words[0], 0, 99)
        self.assertEqual(self.good(self.answered(pending)), 99)
        self.refused(errno.ENOTTY,
                     client.call(vfs.CONTROL, [self.good(client.open("/dev/null")), 1, 2]))
        self.refused(errno.ESPIPE, client.seek(descriptor, 0, 0))
        self.finish(server, range(5, 7))

    def test_who_waits_for_a_manager_that_ends(self) -> None:
        server = self.start()
        manager, client = self.attach(server), server.client(6)
        descriptor = self.opened(server, manager, client)
        pending = [client.send(vfs.READ, [descriptor, 9, CURRENT]) for _ in range(3)]
        server.go()
        self.next(server, manager)
        server.end(5)
        server.go()
        for one in pending:
            self.refused(errno.EIO, self.answered(one))
        self.refused(errno.EIO, client.read(descriptor, 1))
        self.refused(errno.ENOENT, client.open("/dev/device"))
        again = self.attach(server, 8)
        self.assertNotEqual(again, manager)
        self.refused(errno.EIO, client.read(descriptor, 1))
        self.good(client.close(descriptor))
        self.assertEqual(self.next(server, again, number=8).words[0], 0)
        self.finish(server, range(6, 9))

    def test_cancelled_requests(self) -> None:
        """One before it is fetched, one after it, one that has opened something all the same."""
        server = self.start()
        manager = self.attach(server)
        path = [11, os.O_RDWR, 0], b"/dev/device"
        server.client(6).send(vfs.OPEN, *path)
        server.go()
        server.end(6)
        server.go()
        self.assertEqual(self.next(server, manager).words[0], 0, "it was never fetched")
        server.client(7).send(vfs.OPEN, *path)
        server.go()
        question = self.next(server, manager)
        server.end(7)
        server.go()
        cancel = self.next(server, manager)
        self.assertEqual(cancel.words[1], self.CANCEL)
        self.assertEqual(cancel.words[3], question.words[0])
        server.client(8).send(vfs.OPEN, *path)
        server.go()
        question = self.next(server, manager)
        server.end(8)
        server.go()
        close = self.next(server, manager, question.words[0], 0, 55)
        self.assertEqual(close.words[1:3], [self.CLOSE, 55])
        self.assertEqual(self.next(server, manager, close.words[0]).words[0], 0)
        self.finish(server, range(5, 6))

    def test_a_manager_that_never_answers(self) -> None:
        """Others are not hindered, and not by those who ask it either."""
        server = self.start()
        self.attach(server)
        path = [11, os.O_RDWR, 0], b"/dev/device"
        for number in range(100, 700):
            pending = server.client(number).send(vfs.OPEN, *path)
            server.go()
            if pending.answer is not None:
                self.refused(errno.EAGAIN, pending.answer)
            if number % 3 == 0:
                server.client(5).call(vfs.NEXT, [1])
            server.end(number)
            server.go()
        other = server.client(6)
        manager = self.attach(server, 7, "/dev/other")
        pending = other.send(vfs.OPEN, [10, os.O_RDWR, 0], b"/dev/other")
        server.go()
        question = self.next(server, manager, number=7)
        self.next(server, manager, question.words[0], number=7)
        self.good(self.answered(pending))
        self.finish(server, range(5, 8))

    def test_who_has_all_of_its_files_keeps_nobody_from_reading(self) -> None:
        server = self.start()
        manager = self.attach(server)
        errors = []
        for number in range(10, 18):
            for _ in range(30):
                pending = server.client(number).send(vfs.OPEN, [11, os.O_RDWR, 0], b"/dev/device")
                server.go()
                question = self.next(server, manager)
                self.next(server, manager, question.words[0])
                errors.append(self.answered(pending).error)
        self.assertEqual(errors, [0] * 64 + [errno.EAGAIN] * (8 * 30 - 64))
        pending = server.client(10).send(vfs.READ, [0, 10, CURRENT])
        server.go()
        self.next(server, manager, self.next(server, manager).words[0], 0, 4, data=b"text")
        self.assertEqual(self.good(self.answered(pending)), 4)
        self.finish(server, range(10, 18))

    def test_wrong_words(self) -> None:
        server = self.start()
        client = server.client(6)
        manager = self.attach(server)
        for path, error in (("/dev/device", errno.EEXIST), ("/dev/null", errno.EEXIST),
                            ("/tmp/x", errno.EINVAL), ("/dev", errno.EINVAL), ("/", errno.EINVAL),
                            ("/dev/x/", errno.EINVAL), ("/none/x", errno.ENOENT)):
            data = path.encode()
            self.refused(error, client.call(vfs.ATTACH, [len(data)], data, notification=6))
        self.refused(errno.EINVAL, client.call(vfs.ATTACH, [6], b"/dev/x"))
        self.refused(errno.EPERM, client.call(vfs.NEXT, [manager]))
        self.refused(errno.EINVAL, server.client(5).call(vfs.NEXT, [manager + 1]))
        for tag in (1, 99, 2**64 - 1):
            self.next(server, manager, tag, 2**64 - 1, 2**64 - 1)
        descriptor = self.opened(server, manager, client)
        pending = client.send(vfs.READ, [descriptor, 4, CURRENT])
        server.go()
        question = self.next(server, manager)
        self.next(server, manager, question.words[0], 0, 2**63, b"abcdefgh")
        self.assertEqual(self.answered(pending).value, 4)
        pending = client.send(vfs.WRITE, [descriptor, 4, CURRENT], b"1234")
        server.go()
        self.next(server, manager, self.next(server, manager).words[0], 2**40, 4)
        self.refused(errno.EIO, self.answered(pending))
        self.finish(server, range(5, 7))

    def test_as_many_as_there_is_room_for(self) -> None:
        server = self.start()
        for i in range(16):
            self.attach(server, 5, f"/dev/d{i}")
        client = server.client(6)
        self.refused(errno.EAGAIN, client.call(vfs.ATTACH, [6], b"/dev/x", notification=6))
        server.end(5)
        server.go()
        self.attach(server, 6, "/dev/x")
        self.finish(server, range(6, 7))


class Mounts(Host):
    """Several file systems, one on the other."""

    def test_in_and_out(self) -> None:
        server = self.start()
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, "/tmp/M", 0o755))
        self.good(client.open("/tmp/M/below", os.O_CREAT))
        self.good(client.mount("memory", "/tmp/M", "ramfs"))
        self.assertEqual(client.listdir("/tmp/M")[1], [".", ".."])
        self.good(client.open("/tmp/M/above", os.O_CREAT))
        self.good(client.by_path(vfs.CHDIR, "/tmp/M"))
        self.assertEqual(client.getcwd().data, b"/tmp/M")
        self.assertIn("M", client.listdir("..")[1])
        self.refused(errno.EBUSY, client.by_path(vfs.UNMOUNT, "/tmp/M"))
        self.good(client.by_path(vfs.CHDIR, "/"))
        self.refused(errno.EBUSY, client.by_path(vfs.UNMOUNT, "/tmp/M"))
        self.good(client.close(1))
        self.refused(errno.EBUSY, client.by_path(vfs.RMDIR, "/tmp/M"))
        self.refused(errno.EBUSY, client.by_paths(vfs.RENAME, "/tmp/M", "/tmp/n"))
        self.refused(errno.EXDEV, client.by_paths(vfs.RENAME, "/tmp/M/above", "/tmp/above"))
        self.refused(errno.EXDEV, client.by_paths(vfs.LINK, "/tmp/M/above", "/tmp/above"))
        self.good(client.by_path(vfs.UNMOUNT, "/tmp/M"))
        self.assertEqual(client.listdir("/tmp/M")[1], [".", "..", "below"])
        self.refused(errno.EINVAL, client.by_path(vfs.UNMOUNT, "/tmp/M"))
        self.refused(errno.EBUSY, client.by_path(vfs.UNMOUNT, "/"))
        self.finish(server, range(5, 6))

    def test_one_over_the_other(self) -> None:
        server = self.start()
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, "/tmp/M", 0o755))
        for i in range(3):
            self.good(client.mount("memory", "/tmp/M", "ramfs"))
            self.good(client.close(self.good(client.open(f"/tmp/M/{i}", os.O_CREAT))))
        self.assertIn("M", client.listdir("/tmp/M/..")[1])
        for i in (2, 1, 0):
            self.assertEqual(client.listdir("/tmp/M")[1], [".", "..", str(i)])
            self.good(client.by_path(vfs.UNMOUNT, "/tmp/M"))
        for _ in range(12):
            self.good(client.mount("memory", "/tmp", "ramfs"))
        self.refused(errno.ENOMEM, client.mount("memory", "/tmp", "ramfs"))
        for _ in range(12):
            self.good(client.by_path(vfs.UNMOUNT, "/tmp"))
        self.finish(server, range(5, 6))

    def test_what_cannot_be_mounted(self) -> None:
        client = self.start().client(5)
        self.good(client.open("/tmp/file", os.O_CREAT))
        self.refused(errno.ENODEV, client.mount("x", "/tmp", "minix"))
        self.refused(errno.ENOTDIR, client.mount("x", "/tmp/file", "ramfs"))
        self.refused(errno.ENOENT, client.mount("x", "/none", "ramfs"))
        self.refused(errno.EINVAL, client.mount("", "/tmp", "ramfs"))
        self.refused(errno.EINVAL, client.mount("x", "/tmp", "ramfs", flags=2))
        self.refused(errno.ENAMETOOLONG, client.mount("x" * 48, "/tmp", "ramfs"))
        self.refused(errno.ENODEV, client.mount("disk0", "/tmp", "ext2"))

    def test_only_to_be_read(self) -> None:
        server = self.start()
        client = server.client(5)
        self.good(client.mount("memory", "/tmp", "ramfs", flags=1))
        for answer in (client.open("/tmp/x", os.O_CREAT), client.by_path(vfs.MKDIR, "/tmp/x", 0),
                       client.by_paths(vfs.SYMLINK, "a", "/tmp/x"),
                       client.by_path(vfs.CHMOD, "/tmp", 0o700),
                       client.by_path(vfs.UTIME, "/tmp", 0, 0),
                       client.open("/proc/meminfo", os.O_RDWR),
                       client.by_path(vfs.UNLINK, "/proc/meminfo"),
                       client.by_path(vfs.TRUNCATE, "/proc/meminfo", 0),
                       client.by_paths(vfs.RENAME, "/proc/meminfo", "/proc/x"),
                       client.by_path(vfs.MKDIR, "/dev/x", 0)):
            self.refused(errno.EROFS, answer)
        self.assertIn("/tmp ramfs ro", client.read(self.good(client.open("/proc/mounts")),
                                                   4000).data.decode())
        self.finish(server, range(5, 6))

    def test_memory_has_an_end(self) -> None:
        server = self.start()
        client = server.client(5)
        descriptor = self.good(client.open("/tmp/big", RDWR_CREAT))
        written = 0
        while not (answer := client.write(descriptor, b"x" * 4032)).error:
            written += answer.value
        self.refused(errno.ENOSPC, answer)
        self.assertGreater(written, 3 << 20)
        self.assertEqual(vfs.status_of(client.fstat(descriptor)).size, written)
        made = [client.by_path(vfs.MKDIR, f"/tmp/{i}", 0).error for i in range(20)]
        self.assertEqual(made[-1], errno.ENOSPC)
        self.refused(errno.EFBIG, client.write(descriptor, b"x", 2**62))
        self.refused(errno.EFBIG, client.call(vfs.FTRUNCATE, [descriptor, 2**62]))
        self.good(client.call(vfs.FTRUNCATE, [descriptor, 0]))
        self.good(client.write(descriptor, b"x" * 100, 2**38))
        self.assertEqual(client.read(descriptor, 4, 2**38 + 98).data, b"xx")
        self.finish(server, range(5, 6))


class Devices(Host):
    """What is in /dev and /proc in any case."""

    def test_devices(self) -> None:
        server = self.start()
        client = server.client(5)
        null, zero, full, chance = (self.good(client.open(f"/dev/{name}", os.O_RDWR))
                                    for name in ("null", "zero", "full", "random"))
        self.assertEqual(client.read(null, 9).data, b"")
        self.assertEqual(client.read(zero, 9).data, bytes(9))
        self.assertEqual(client.read(full, 9).data, bytes(9))
        self.assertNotEqual(client.read(chance, 64).data, client.read(chance, 64).data)
        self.assertEqual([client.write(each, b"abc").error for each in (null, zero, full, chance)],
                         [0, 0, errno.ENOSPC, 0])
        self.good(client.open("/dev/null", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
        self.finish(server, range(5, 6))

    def test_texts(self) -> None:
        server = self.start()
        client = server.client(5)
        for name in ("meminfo", "uptime", "version", "time", "mounts", "ipc_stats", "kmsg",
                     "5/status", "5/name", "self/caps", "self/files"):
            descriptor = self.good(client.open(f"/proc/{name}"))
            text = client.read(descriptor, 4032).data
            self.assertTrue(text.endswith(b"\n") or name in ("kmsg", "self/files"), name)
            self.assertEqual(client.read(descriptor, 5, 2).data, text[2:7])
            self.good(client.close(descriptor))
        self.assertEqual(client.readlink("/proc/self").data, b"5")
        self.assertIn("5", client.listdir("/proc")[1])
        for name in ("6", "6/status", "05", "5x", "-1", "99999999999999999999999", "5/none"):
            self.refused(errno.ENOENT, client.open(f"/proc/{name}"))
        self.refused(errno.ENOTDIR, client.open("/proc/meminfo/x"))
        self.finish(server, range(5, 6))

    def test_what_is_measured(self) -> None:
        server = self.start()
        client = server.client(5)
        for _ in range(10):
            self.good(client.stat("/tmp"))
        pipe = self.good(client.call(vfs.PIPE, []))
        client.send(vfs.READ, [pipe, 1, CURRENT])
        server.go()
        counts = facts(server, "/proc/ipc_stats")
        self.assertEqual(counts["stat"], 10)
        self.assertEqual(counts["pipe"], 1)
        self.assertNotIn("read", counts)
        self.assertEqual(counts["requests under way"], 2)
        self.assertEqual(counts["requests received"],
                         counts["requests answered"] + counts["requests under way"])
        self.assertEqual(counts["clients gone"], 0)
        server.say(f"x 5 {max(server.waiting)}")
        server.waiting.clear()
        self.good(client.write(1, b"x"))
        self.assertEqual(facts(server, "/proc/ipc_stats")["clients gone"], 1)


class Slow(Host):
    """Disks that take their time, and fail."""

    def test_others_go_on(self) -> None:
        """Requests of several clients together, with transfers of the disk in any order."""
        for seed in SEEDS:
            with self.subTest(seed=seed):
                disk = make_disk(1024)
                server = self.start([disk], seed=seed)
                self.many_at_once(server, random.Random(seed))
                self.good(server.client(1).call(vfs.SYNC, []))
                self.finish(server, range(1, 40))
                done = run("e2fsck", "-fn", disk)
                self.assertEqual(done.returncode, 0, done.stdout)

    def many_at_once(self, server: Server, chance: random.Random) -> None:
        """Each client has a directory of its own; all of them rename and link in a common one."""
        clients = [server.client(10 + i) for i in range(8)]
        contents: dict[tuple[int, str], bytes] = {}
        for client in clients:
            self.good(client.by_path(vfs.MKDIR, f"/d{client.number}", 0o755))
            for name in "abc":
                self.good(client.open(f"/d{client.number}/{name}", RDWR_CREAT))
        for _ in range(60):
            sent = []
            for client in clients:
                descriptor = chance.randrange(3)
                data = chance.randbytes(chance.choice((10, 1000, 4032)))
                contents[client.number, "abc"[descriptor]] = data
                sent.append(client.send(vfs.FTRUNCATE, [descriptor, 0]))
                sent.append(client.send(vfs.WRITE, [descriptor, len(data), 0], data))
            server.go()
            for client in clients:
                names = b"/d%d/%c/common%d" % (client.number, b"abc"[chance.randrange(3)],
                                               chance.randrange(4))
                sent.append(client.send(vfs.LINK, [len(names) - 8, 8], names))
                names = b"/common%d/common%d" % (chance.randrange(4), chance.randrange(4))
                sent.append(client.send(vfs.RENAME, [8, 8], names))
                sent.append(client.send(vfs.UNLINK, [8], b"/common%d" % chance.randrange(4)))
            if chance.random() < 0.3:
                sent.append(server.send(30, vfs.SYNC, []))
            server.go()
            self.assertTrue(all(one.answer is not None for one in sent))
            for one in sent:
                self.assertIn(one.answer.error, (0, errno.EEXIST, errno.ENOENT))
        for (number, name), data in contents.items():
            reader = server.client(number)
            self.assertEqual(reader.read("abc".index(name), 4032, 0).data, data)

    def test_one_makes_it(self) -> None:
        """Several make the same file at once: O_EXCL lets one of them, else all open it."""
        for seed in SEEDS:
            server = self.start([make_disk(1024)], seed=seed)
            clients = [server.client(10 + i) for i in range(8)]
            for round_ in range(20):
                for flags, winners in ((os.O_CREAT | os.O_EXCL, 1), (os.O_CREAT, len(clients))):
                    path = b"/%d-%d" % (round_, flags)
                    sent = [client.send(vfs.OPEN, [len(path), flags, 0o644], path)
                            for client in clients]
                    server.go()
                    errors = [self.answered(one).error for one in sent]
                    self.assertEqual(errors.count(0), winners, errors)
                    self.assertLessEqual(set(errors), {0, errno.EEXIST})
                for client in clients:
                    client.close(0)
                    client.close(1)
            self.finish(server, range(10, 20))

    def test_a_directory_that_changes_while_it_is_read(self) -> None:
        """What stays is told once; what comes or goes meanwhile, once at most."""
        for disks in ([], [make_disk(1024)]):
            for seed in SEEDS:
                with self.subTest(disks=len(disks), seed=seed):
                    server = self.start(disks, seed=seed)
                    self.read_and_change(server, random.Random(seed), f"/many-{seed}")
                    self.finish(server, range(5, 6))

    def read_and_change(self, server: Server, chance: random.Random, path: str) -> None:
        client = server.client(5)
        self.good(client.by_path(vfs.MKDIR, path, 0o755))
        self.good(client.by_path(vfs.CHDIR, path))
        names = {f"{'n' * chance.randrange(60)}{i}" for i in range(400)}
        for name in sorted(names):
            self.good(client.close(self.good(client.open(name, os.O_CREAT))))
        directory, told, stay = self.good(client.open(".")), [], set(names)
        while (answer := client.call(vfs.READDIR, [directory])).value > 0:
            told += [name for name, _, _ in vfs.split_entries(answer.data[:answer.value])]
            for name in chance.sample(sorted(stay), 12 if len(stay) > 200 else 0):
                stay.remove(name)
                self.good(client.by_path(vfs.UNLINK, name))
            for i in range(6 if len(stay) > 350 else 0):
                self.good(client.close(self.good(client.open(f"new{len(told)}-{i}", os.O_CREAT))))
        self.assertEqual(len(told), len(set(told)))
        self.assertLessEqual(stay, set(told))

    def test_a_disk_that_fails(self) -> None:
        """Errors are told, and nothing is lost that was told to be written."""
        server = self.start([make_disk(1024)])
        client = server.client(5)
        descriptor = self.good(client.open("/file", RDWR_CREAT))
        self.good(client.write(descriptor, b"kept" * 1000))
        self.good(client.call(vfs.FSYNC, [descriptor]))
        self.good(client.write(descriptor, b"more" * 1000))
        server.say("f 1000")
        self.refused(errno.EIO, client.call(vfs.FSYNC, [descriptor]))
        server.say("F")
        self.good(client.stat("/"))
        self.assertEqual(client.read(descriptor, 4, 0).data, b"kept")
        self.finish(server, range(5, 6))

    def test_no_file_system_on_the_disk(self) -> None:
        path = work_folder("vfs-disk") / "disk.img"
        path.write_bytes(random.Random(1).randbytes(1 << 20))
        server = self.start([path])
        self.assertTrue(any("no file system on disk0" in line for line in server.printed))
        self.good(server.client(5).by_path(vfs.MKDIR, "/here", 0o755))

    def test_what_changed_is_written_by_and_by(self) -> None:
        disk = make_disk(1024)
        server = self.start([disk])
        client = server.client(5)
        self.good(client.write(self.good(client.open("/file", RDWR_CREAT)), b"by and by" * 100))
        for _ in range(3):
            server.pass_time(6000)
        server.__exit__(None, None, None)
        done = run("debugfs", "-R", "cat /file", disk)
        self.assertEqual(done.stdout, "by and by" * 100)
