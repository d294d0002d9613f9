"""Resource managers: what the VFS server does on the host with programs that answer for a path."""

import errno
import os

from vfs_host_base import Host

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

    def test_flags(self) -> None:
        """All of them reach the manager; those about what is there are obeyed before."""
        server = self.start()
        manager, client = self.attach(server), server.client(6)
        for path, flags in ((b"/dev/device", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
                            (b"/dev/device", os.O_WRONLY | os.O_CREAT | os.O_APPEND),
                            (b"/dev/device", os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW),
                            (b"/dev/device/new", os.O_RDWR | os.O_CREAT | os.O_EXCL)):
            pending = client.send(vfs.OPEN, [len(path), flags, 0o644], path)
            server.go()
            question = self.next(server, manager)
            self.assertEqual(question.words[1:4:2], [self.OPEN, flags])
            self.next(server, manager, question.words[0], 0, 77)
            self.good(self.answered(pending))
        for descriptor in (0, 1):
            self.refused(errno.EBADF, client.read(descriptor, 1))
        self.refused(errno.EBADF, client.write(2, b"x"))
        self.refused(errno.EINVAL, client.call(vfs.FTRUNCATE, [0, 0]))
        for path in ("/dev/device", "/dev/null"):
            self.refused(errno.EEXIST, client.open(path, os.O_CREAT | os.O_EXCL))
            self.refused(errno.ENOTDIR, client.open(path, os.O_DIRECTORY))
            self.refused(errno.ENOTDIR, client.open(f"{path}/"))
            self.refused(errno.ENOTDIR, client.open(f"{path}/x", os.O_DIRECTORY))
            self.refused(errno.ENOTDIR, client.by_path(vfs.MKDIR, f"{path}/x", 0o755))
        self.assertEqual(self.next(server, manager).words[0], 0, "it is asked for nothing more")
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
