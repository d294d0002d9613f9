"""Requests, clients and pipes: what the VFS server does on the host with those who ask it."""

import errno
import os
import random

from vfs_host_base import RDWR_CREAT, SEEDS, Host, facts, make_disk

import vfs_host as vfs
from vfs_host import CURRENT, Client, Server

WORKERS = 160
CLIENTS = 128


class Requests(Host):
    """What the server does with requests, whatever they are."""

    def test_unknown_requests_are_refused(self) -> None:
        client = self.start().client(5)
        for label in (0, 36, 1000, 2**31, 2**32 - 1):
            self.refused(errno.ENOSYS, client.call(label, [1, 2, 3]))

    def test_lengths_that_are_not_there(self) -> None:
        client = self.start().client(5)
        for length, error in ((1, errno.EINVAL), (9, errno.EINVAL), (1024, errno.EINVAL),
                              (1025, errno.ENAMETOOLONG), (2**63, errno.ENAMETOOLONG),
                              (2**64 - 1, errno.ENAMETOOLONG), (0, errno.ENOENT)):
            self.refused(error, client.call(vfs.OPEN, [length]))
        self.refused(errno.ENAMETOOLONG, client.call(vfs.RENAME, [8, 2**64 - 8], b"12345678"))
        self.refused(errno.EINVAL, client.call(vfs.RENAME, [8, 1], b"12345678"))
        self.refused(errno.EINVAL, client.call(vfs.OPEN, [4], b"/a\0b"))
        self.refused(errno.EINVAL, client.open("/", 2**40))
        descriptor = self.good(client.open("/tmp/file", RDWR_CREAT))
        self.refused(errno.EINVAL, client.call(vfs.WRITE, [descriptor, 9, CURRENT], b"12345678"))
        self.refused(errno.EINVAL, client.call(vfs.READ, [descriptor, 9, 2**63]))
        self.assertEqual(client.read(descriptor, 2**64 - 1).data, b"")

    def test_a_long_path(self) -> None:
        client = self.start().client(5)
        self.good(client.by_path(vfs.MKDIR, "/tmp/d", 0o755))
        path = "/tmp/d" + "/." * 509
        self.assertEqual(len(path), 1024)
        self.good(client.stat(path))
        self.refused(errno.ENAMETOOLONG, client.stat(path + "/"))

    def test_links_in_a_path(self) -> None:
        client = self.start().client(5)
        self.good(client.open("/tmp/0", os.O_CREAT))
        for number in range(1, 10):
            self.good(client.by_paths(vfs.SYMLINK, str(number - 1), f"/tmp/{number}"))
        self.good(client.stat("/tmp/8"))
        self.refused(errno.ELOOP, client.stat("/tmp/9"))
        self.good(client.stat("/tmp/9", link=True))

    def test_nobody_else_sees_what_an_answer_does_not_tell(self) -> None:
        server = self.start()
        writer, reader = server.client(5), server.client(6)
        self.good(writer.write(self.good(writer.open("/tmp/a", RDWR_CREAT)), b"s" * 4000))
        descriptor = self.good(reader.open("/tmp/b", RDWR_CREAT))
        self.good(reader.write(descriptor, b"12345"))
        answer = reader.call(vfs.READ, [descriptor, 100, 0])
        self.assertEqual(answer.data, b"12345\0\0\0")
        self.assertEqual(reader.call(vfs.READ, [99, 2, 3]).words, [0] * 6)

    def test_hostile_words(self) -> None:
        """Requests of random words and bytes from many clients at once, some of which end."""
        for seed in SEEDS:
            with self.subTest(seed=seed):
                server = self.start([make_disk(1024)], seed=seed)
                keeper = server.client(300)         # its current directory is the first root
                self.good(keeper.stat("/"))
                Hostile(server, seed).run(400)
                for number in range(1, 300):
                    server.end(number)
                self.tidy(keeper)
                self.finish(server, range(300, 301))

    def tidy(self, client: Client) -> None:
        """Undoes what was mounted or unmounted."""
        while any([not client.by_path(vfs.UNMOUNT, path).error for path in Hostile.TEXTS]):
            pass
        client.by_paths(vfs.RENAME, "/proc", "/proc before")      # it may be anything by now
        self.good(client.by_path(vfs.MKDIR, "/proc", 0o555))
        self.good(client.mount("proc", "/proc", "proc"))


class Hostile:
    """Clients that ask anything."""

    INTERESTING = (0, 1, 2, 3, 4, 5, 8, 31, 32, 255, 256, 1024, 1025, 4032, 4033, 2**31 - 1,
                   2**32, 2**63 - 1, 2**63, 2**64 - 1)
    TEXTS = (b"/", b"/tmp", b"/tmp/a", b"a", b"a/b", b"..", b"/dev/null", b"/dev/zero", b"/proc",
             b"/proc/self/files", b"/proc/self", b"/dev/device", b"/dev/device/more", b"ramfs",
             b"ext2", b"proc", b"disk0", b"/dev", b"x" * 300, b"\0", b"")

    def __init__(self, server: Server, seed: int) -> None:
        self.server = server
        self.random = random.Random(seed)
        self.alive = list(range(10, 20))
        self.last = 20

    def word(self) -> int:
        choose = self.random.random()
        if choose < 0.6:
            return self.random.randrange(8)
        return self.random.choice(self.INTERESTING) if choose < 0.95 \
            else self.random.randrange(2**64)

    def request(self) -> None:
        texts = [self.random.choice(self.TEXTS) for _ in range(3)]
        words = [len(text) for text in texts] + [self.word() for _ in range(3)]
        words = [self.word() if self.random.random() < 0.3 else word for word in words]
        if self.random.random() < 0.4:
            words = [self.word() for _ in words]
        data = b"".join(texts)
        if self.random.random() < 0.1:
            data = self.random.randbytes(self.random.choice((8, 500, 4032)))
        label = self.random.randrange(1, 36) if self.random.random() < 0.97 else self.word() % 2**32
        self.server.send(self.random.choice(self.alive), label, words, data,
                         notification=self.random.choice((0, 0, 0, 7)),
                         wants_answer=self.random.random() < 0.9)

    def client_ends(self) -> None:
        """Another one takes its place: one that it has made, or that comes from elsewhere."""
        index = self.random.randrange(len(self.alive))
        self.server.end(self.alive[index])
        self.last += 1
        self.alive[index] = self.last
        if self.random.random() < 0.5:
            self.server.say(f"+ {self.last} {self.random.choice(self.alive)}")

    def run(self, rounds: int) -> None:
        for _ in range(rounds):
            for _ in range(self.random.randrange(1, 30)):
                self.request()
            if self.random.random() < 0.3:
                self.client_ends()
            if self.random.random() < 0.1:
                self.server.say(f"t {self.random.randrange(10000)}")
            if self.random.random() < 0.1:
                self.server.say(f"f {self.random.randrange(3)}")
            self.server.go()
        self.server.say("F")
        for serial, pending in list(self.server.waiting.items()):
            self.server.say(f"x {pending.client} {serial}")
            del self.server.waiting[serial]
        self.server.go()


class Clients(Host):
    """What belongs to a process, and goes with it."""

    def test_a_new_process(self) -> None:
        server = self.start()
        parent, child, other = server.client(5), server.client(6), server.client(7)
        self.good(parent.by_path(vfs.CHDIR, "/tmp"))
        self.good(parent.write(self.good(parent.open("file", RDWR_CREAT)), b"abc"))
        server.say("+ 6 5")
        self.refused(errno.EPERM, other.call(vfs.BEGIN, [6]))
        self.refused(errno.ESRCH, parent.call(vfs.BEGIN, [99]))
        self.refused(errno.ESRCH, parent.call(vfs.BEGIN, [0]))
        self.refused(errno.EPERM, parent.call(vfs.BEGIN, [7]))
        self.refused(errno.ESRCH, parent.call(vfs.PASS, [6, 0, 0]))
        self.good(parent.call(vfs.BEGIN, [6]))
        self.refused(errno.EEXIST, parent.call(vfs.BEGIN, [6]))
        self.refused(errno.EPERM, other.call(vfs.PASS, [6, 0, 0]))
        self.refused(errno.EBADF, parent.call(vfs.PASS, [6, 1, 0]))
        self.refused(errno.EBADF, parent.call(vfs.PASS, [6, 0, 32]))
        self.good(parent.call(vfs.PASS, [6, 0, 4]))
        server.say("r 6")
        self.assertEqual(child.getcwd().data, b"/tmp")
        self.assertEqual(child.read(4, 9, 0).data, b"abc")
        self.assertEqual(child.seek(4, 0, os.SEEK_CUR).value, 3, "they share the offset")
        self.refused(errno.EBUSY, parent.call(vfs.PASS, [6, 0, 5]))
        self.refused(errno.EBADF, child.read(0, 1))
        server.say("+ 8 5")
        server.say("r 8")
        self.refused(errno.EBUSY, parent.call(vfs.BEGIN, [8]))
        self.finish(server, range(5, 9))

    def test_umask(self) -> None:
        """It is the process's own, and inherited; symbolic links and files that are there do not
        care."""
        server = self.start()
        parent, child, other = server.client(5), server.client(6), server.client(7)
        self.assertEqual(parent.call(vfs.UMASK, [0o7027]).value, 0o22, "only the owner writes")
        server.say("+ 6 5")
        self.good(parent.call(vfs.BEGIN, [6]))
        server.say("r 6")
        self.assertEqual(parent.call(vfs.UMASK, [0o777]).value, 0o27)
        for client, file, folder in ((parent, 0, 0), (child, 0o640, 0o750), (other, 0o644, 0o755)):
            path = f"/tmp/{client.number}"
            self.good(client.open(path, os.O_CREAT, 0o666))
            self.good(client.by_path(vfs.MKDIR, f"{path}d", 0o777))
            self.good(client.by_paths(vfs.SYMLINK, "to", f"{path}l"))
            modes = [vfs.status_of(client.stat(path + end, link=True)).mode
                     for end in ("", "d", "l")]
            self.assertEqual(modes, [0o100000 | file, 0o040000 | folder, 0o120777])
        self.good(parent.by_path(vfs.CHMOD, "/tmp/5", 0o666))
        self.good(parent.open("/tmp/5", os.O_CREAT | os.O_TRUNC, 0o600))
        self.assertEqual(vfs.status_of(parent.stat("/tmp/5")).mode, 0o100666)
        self.finish(server, range(5, 8))

    def test_a_process_that_waits_and_ends(self) -> None:
        server = self.start()
        client, other = server.client(5), server.client(6)
        self.good(client.call(vfs.PIPE, []))
        self.good(client.open("/tmp/file", RDWR_CREAT))
        client.send(vfs.READ, [0, 10, CURRENT])
        server.go()
        self.good(client.by_path(vfs.UNLINK, "/tmp/file"))
        before = self.inodes(other)
        server.end(5)
        server.go()
        self.assertEqual(self.inodes(other), before + 1, "the file had no name any more")
        self.finish(server, range(6, 7))

    def inodes(self, client: Client) -> int:
        """Free inodes of /tmp."""
        return vfs.SYSTEM_STATUS.unpack_from(client.by_path(vfs.STATFS, "/tmp").data)[4]

    def test_every_process_can_wait(self) -> None:
        """128 processes wait, each in a pipe; one of them asks for more, and is served."""
        server = self.start()
        pending = []
        for number in range(1, CLIENTS):
            client = server.client(1000 + number)
            if number <= 64:
                self.good(client.call(vfs.PIPE, []))
            else:
                server.say(f"+ {2000 + number} {1000 + number - 64}")
                client = server.client(2000 + number)
                maker = server.client(1000 + number - 64)
                self.good(maker.call(vfs.BEGIN, [client.number]))
                self.good(maker.call(vfs.PASS, [client.number, 0, 0]))
                server.say(f"r {client.number}")
            pending.append(client.send(vfs.READ, [0, 10, CURRENT]))
        server.go()
        self.assertTrue(all(one.answer is None for one in pending))
        self.good(server.client(1001).stat("/tmp"))
        self.finish(server, range(1000, 2200))

    def test_who_asks_too_much_at_once_is_refused(self) -> None:
        server = self.start()
        client, other = server.client(5), server.client(6)
        self.good(client.call(vfs.PIPE, []))
        pending = [client.send(vfs.READ, [0, 10, CURRENT]) for _ in range(WORKERS)]
        server.go()
        answers = [one.answer for one in pending if one.answer is not None]
        self.assertEqual({answer.error for answer in answers}, {errno.EAGAIN})
        self.assertEqual(len(answers), WORKERS - 8)
        self.good(other.stat("/"))
        server.end(5)
        server.go()
        self.assertEqual(facts(server, "/proc/ipc_stats")["requests under way"], 1)
        self.finish(server, range(6, 7))

    def test_requests_that_nobody_waits_for(self) -> None:
        """A message that wants no answer, and a caller who gives up, do not keep a worker."""
        server = self.start()
        client = server.client(5)
        self.good(client.call(vfs.PIPE, []))
        for _ in range(3 * WORKERS):
            server.send(5, vfs.READ, [0, 10, CURRENT], wants_answer=False)
            server.go()
        for _ in range(3 * WORKERS):
            pending = client.send(vfs.READ, [0, 10, CURRENT])
            server.go()
            self.assertIsNone(pending.answer)
            server.say(f"x 5 {pending.serial}")
            del server.waiting[pending.serial]
        self.good(client.write(1, b"x"))
        self.assertEqual(client.read(0, 10).data, b"x")
        self.finish(server, range(5, 6))


class Pipes(Host):
    """Pipes, with several who read and write at once."""

    def test_ends(self) -> None:
        server = self.start()
        client = server.client(5)
        self.assertEqual(client.call(vfs.PIPE, []).words[:2], [0, 1])
        self.refused(errno.EBADF, client.write(0, b"x"))
        self.refused(errno.EBADF, client.read(1, 1))
        self.refused(errno.ESPIPE, client.seek(0, 0, 0))
        self.refused(errno.ESPIPE, client.read(0, 1, 0))
        self.refused(errno.ESPIPE, client.write(1, b"x", 0))
        self.refused(errno.EINVAL, client.call(vfs.FSYNC, [0]))
        self.refused(errno.EINVAL, client.call(vfs.FTRUNCATE, [1, 0]))
        self.assertEqual(vfs.status_of(client.fstat(0)).mode & 0o170000, 0o010000)
        self.good(client.write(1, b"rest"))
        self.good(client.close(1))
        self.assertEqual(client.read(0, 3).data, b"res")
        self.assertEqual(client.read(0, 3).data, b"t")
        self.assertEqual(client.read(0, 3).data, b"")
        self.good(client.close(0))
        self.good(client.call(vfs.PIPE, []))
        self.good(client.close(0))
        self.refused(errno.EPIPE, client.write(1, b"x"))
        self.finish(server, range(5, 6))

    def test_who_waits_sees_the_other_end_close(self) -> None:
        server = self.start()
        client = server.client(5)
        self.good(client.call(vfs.PIPE, []))
        waits = client.send(vfs.READ, [0, 3, CURRENT])
        server.go()
        self.assertIsNone(waits.answer)
        self.good(client.close(1))
        self.assertEqual(self.answered(waits).value, 0)
        self.good(client.call(vfs.PIPE, []))            # 1 and 2
        self.good(client.write(2, b"x" * 4032))
        self.good(client.write(2, b"x" * 4032))
        waits = client.send(vfs.WRITE, [2, 4032, CURRENT], b"y" * 4032)
        server.go()
        self.assertIsNone(waits.answer)
        self.good(client.close(1))
        self.refused(errno.EPIPE, self.answered(waits))
        self.finish(server, range(5, 6))

    def test_writes_do_not_mix(self) -> None:
        """Several write pieces of one letter each, several read: no piece is torn, none is lost."""
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self.check_mix(random.Random(seed), self.start(seed=seed))

    def check_mix(self, chance: random.Random, server: Server) -> None:
        maker = server.client(5)
        self.good(maker.call(vfs.PIPE, []))
        clients = [self.with_pipe(server, maker, 10 + i) for i in range(6)]
        sent, got, reads, busy = [], b"", [], {}
        for round_ in range(300):
            for client in clients[:4]:
                if client.number not in busy or busy[client.number].answer is not None:
                    piece = bytes([65 + round_ % 26]) * chance.choice((1, 100, 4032))
                    sent.append(piece)
                    busy[client.number] = client.send(vfs.WRITE, [1, len(piece), CURRENT], piece)
            reader = chance.choice(clients[4:])
            if all(one.answer is not None for one in reads if one.client == reader.number):
                reads.append(reader.send(vfs.READ, [0, chance.choice((1, 500, 4032)), CURRENT]))
            server.go()
        while any(one.answer is None for one in busy.values()):
            reads.append(maker.send(vfs.READ, [0, 4032, CURRENT]))
            server.go()
        for one in reads:
            got += one.answer.data[:one.answer.value] if one.answer is not None else b""
        rest = maker.call(vfs.FSTAT, [0])
        self.good(rest)
        self.assertEqual(sum(one.answer.value for one in busy.values()) > 0, True)
        self.assertLessEqual(len(got), sum(map(len, sent)))
        self.assertGreaterEqual(len(got), sum(map(len, sent)) - 8192)
        self.finish(server, range(5, 20))

    def with_pipe(self, server: Server, maker: Client, number: int) -> Client:
        server.say(f"+ {number} {maker.number}")
        self.good(maker.call(vfs.BEGIN, [number]))
        for end in (0, 1):
            self.good(maker.call(vfs.PASS, [number, end, end]))
        server.say(f"r {number}")
        return server.client(number)

    def test_pieces_stay_whole(self) -> None:
        """One reader sees each piece of each writer as it was written."""
        server = self.start()
        maker = server.client(5)
        self.good(maker.call(vfs.PIPE, []))
        writers = [self.with_pipe(server, maker, 10 + i) for i in range(8)]
        pending, got = {}, b""
        for round_ in range(100):
            for i, writer in enumerate(writers):
                if writer.number not in pending or pending[writer.number].answer is not None:
                    piece = bytes([65 + i]) * 999 + b"\n"
                    pending[writer.number] = writer.send(vfs.WRITE, [1, 1000, CURRENT], piece)
            server.go()
            got += maker.read(0, 1 + 37 * round_ % 4000).data
        lines = got.split(b"\n")[:-1]
        self.assertGreater(len(lines), 50)
        for line in lines:
            self.assertEqual(line, line[:1] * 999)
        self.finish(server, range(5, 20))
