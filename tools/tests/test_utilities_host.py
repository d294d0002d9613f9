"""The utilities, built for the host, on seeded files: beside the host's own ones."""

import os
import random
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from shell_host import PROGRAMS, SANITIZER, execute, harness, own_path, work
from support import ROOT, table

SEED = 20260712
NO_LEAKS = "detect_leaks=0"         # they end and leave their memory
HERE = sorted(path.stem for path in (ROOT / "user/utilities").glob("*.c"))

# Compared whole: what they print, and the status.
SAME = """
cat a b
cat - a < b
cat a nosuch b
cat nul empty
cat -- a
echo a b
echo -n a b
echo -e a\\tb\\\\c\\n
echo -e one\\ctwo
echo -x -n
echo -ne x\\ty
echo --
head a
head -n 3 a b
head -n 0 a
head -2 a
head -c 100 a
head -c 1k big
head -n 5 nosuch a
head -n 3 empty a
head -n 4 < a
head -n 3 noend
tail a
tail -n 3 a b
tail -n 0 a
tail -n +20 a
tail -n +1 a
tail -2 a
tail -c 100 a
tail -c +100 a
tail -c 1k big
tail -n 500 big
tail -n 100000 big
tail -n 3 noend
tail -n 1 noend
tail empty
tail -n 3 nosuch a
head -n 30 big | tail -n 4
cat big | tail -n 700
cat noend | tail -n 2
cat big | tail -c 5000
cat a | tail -n +5
grep the a
grep -c the a b
grep -v the a
grep -i THE a
grep -n o.e a
grep -l the a b nul empty
grep -q the a
grep -q nothing a
grep nothing a
grep -h the a b
grep -H the a
grep ^t a
grep e$ a
grep ^$ a
grep a*b*c a
grep [aeiou][aeiou] a
grep [^a-z]x a
grep [a-cx]*z$ a
grep -x [a-z]* a
grep -F . a
grep -F [a a
grep \\. a
grep a.*b.*c a
grep -e -x dashes
grep -vc e a
grep -in The a b
grep -s the nosuch
grep the nosuch
grep *a a
grep x** a
grep ^*a a
grep []a] a
grep [a-]b dashes
grep -- -y dashes
grep the < a
sort a
sort -r a
sort -u words
sort -n numbers
sort -nr numbers
sort -nu numbers
sort a b
sort empty
sort noend
sort -o a a ; cat a
cmp a a
cmp -s a b
cmp a b
cmp a changed
cmp empty empty
cmp -s nosuch a
cmp -s a empty
cmp - a < a
seq 5
seq 3 6
seq 10 -3 1
seq 5 1
seq -2 2
dd if=big of=o1 bs=1k count=3 ; cat o1
dd if=big of=o2 bs=100 skip=2 count=5 ; cat o2
dd if=big of=a bs=10 seek=2 count=1 conv=notrunc ; cat a
dd if=big of=a bs=10 seek=2 count=1 ; cat a
dd if=noend bs=4 conv=sync
dd bs=7 count=2 < a
dd if=nosuch
dd if=a of=o3 bs=3 skip=1000 ; cat o3
dd if=big bs=4096
cp a new ; cat new a
cp a b d ; cat d/a d/b
cp a nosuch/new
cp nosuch new
cp a b new
cp d new
cp -r d new ; cat new/one new/deep/two
cp -r d e ; cat e/d/deep/two
cp -r d/ e ; cat e/d/deep/two
cp -r link new ; cat new
cp link new ; cat new
cp a a
cp -r d d
cp -r d d/inside
cp a d/one ; cat d/one
cp -r e/. new ; cat new/three
cp -f a readonly ; cat readonly
cp noend empty ; cat empty
mv a new ; cat new
mv a b d ; cat d/a d/b
mv nosuch new
mv a b new
mv d e ; cat e/d/one
mv d new ; cat new/deep/two
mv a b ; cat b
mv d a
mv d d/inside
rm a ; cat a
rm nosuch
rm -f nosuch a ; cat a
rm d
rm -r d ; cat d/one
rm -rf d nosuch e ; cat e/three
rm -f
rm link ; cat a
rm -r linked ; cat d/one
rmdir d
rmdir hollow
rmdir -p hollow/hole
rmdir nosuch
mkdir new
mkdir d
mkdir new/below
mkdir -p new/below/that ; ls new/below
mkdir -p d/deep
mkdir -p a/below
mkdir -m 700 new ; ls -d new
eval 'umask 77; mkdir -m 777 new' ; ls -ld new | cut -c 1-10
eval 'umask 777; mkdir -p new/deep' ; ls -ld new new/deep | cut -c 1-10
eval 'umask 77; touch new; cp run other; cp -r d new2' ; ls -ld new other new2 | cut -c 1-10
mkdir a
ln a hard ; cat hard
ln -s a soft ; cat soft
ln -s ../d/ e ; cat e/d/one
ln -s nosuch soft ; cat soft
ln a b
ln -f a b ; cat b
ln -sf a b ; cat b
ln a b d ; cat d/a d/b
ln nosuch hard
ln d hard
ln d/one ; cat one
chmod 600 a ; ls -l a | cut -c 1-10
chmod +x a b ; ls -l a b | cut -c 1-10
chmod u=rw,go-r a ; ls -l a | cut -c 1-10
chmod a-rwx,u+r a ; ls -l a | cut -c 1-10
chmod -w a ; ls -l a | cut -c 1-10
eval 'umask 27; chmod +rwx a' ; ls -l a | cut -c 1-10
eval 'umask 27; chmod =rw run' ; ls -l run | cut -c 1-10
chmod a+X a run d ; ls -ld a run d | cut -c 1-10
chmod 755 nosuch a ; ls -l a | cut -c 1-10
touch new ; ls new
touch -c nosuch ; ls
touch a b new ; ls
touch nosuch/new
tee o1 < a ; cat o1
tee o1 o2 < a ; cat o1 o2
tee -a b < a ; cat b
tee nosuch/x < a
ls
ls -a
ls -1
ls d
ls -d d
ls a b d
ls d e
ls -R
ls -R d
ls -r
ls -S a b big empty noend
ls -F
ls -i a | head -c 1
ls linked
ls -d linked
ls .hidden
ls -a d
true
false
env -i A=1 B=2
env -i A=1 env
env -u HOME A=3 env -u A env -i
env A=4 sh -c 'echo $A'
env nosuch
env sh -c 'exit 7'
sleep 0
sleep 0.01
date -u -d @0 +%Y-%m-%dT%H:%M:%S
date -d @1234567890 +%s_%a_%b_%d_%e_%j_%%
date -d @951782400 +%F_%T_%w
date -r a +%Y
uname -s
printf %s-%s\\n a b c
printf %d,%5d,%-5d,%05d\\n 1 2 3 4
printf %x,%X,%o,%u\\n 255 255 8 7
printf %c%c abc def
printf a\\tb\\n
printf %b a\\tb\\0101
printf %5s,%-5s,%.2s\\n abc abc abc
printf %*d,%.*s\\n 5 42 2 abc
printf %d x
printf %d 0x10
printf %d 010
printf %d 'A
printf 100%%\\n
printf %s\\n
printf \\101\\q
printf %i -5
""".strip().splitlines()

# Compared without how they are laid out.
LOOSE = """
cmp -l a changed
wc a
wc -l a b
wc -w a
wc -c a b empty
wc < a
wc words noend
wc nosuch a
wc -lc a
""".strip().splitlines()


def make_files(folder: Path) -> None:
    """The same files in every folder."""
    chance = random.Random(SEED)
    words = ["the", "quick", "Thea", "a.b", "xyz", "", "abc", "one", "queue", "[a", "-", "aabbc",
                 "e"]
    lines = [" ".join(chance.choice(words) for _ in range(chance.randint(0, 6))) for _ in range(30)]
    texts = {"a": "\n".join(lines) + "\n", "b": "\n".join(reversed(lines[:12])) + "\n",
             "empty": "", "noend": "first\nsecond\nlast without end", "dashes": "-x\n-y\na-b\nab\n",
             "words": "".join(chance.choice(words) + "\n" for _ in range(40)),
             "numbers": "".join(f"{chance.randint(-50, 50)} x\n" for _ in range(40)) + "none\n",
             "big": "".join(f"{number} {chance.random()}\n" for number in range(4000)),
             "d/one": "one\n", "d/deep/two": "two\n", "e/three": "three\n", ".hidden": "h\n",
             "readonly": "r\n", "run": "#!/bin/sh\n"}
    texts["changed"] = texts["a"][:50] + "#" + texts["a"][51:200] + "##" + texts["a"][202:]
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "nul").write_bytes(bytes(range(256)) * 3)
    (folder / "hollow/hole").mkdir(parents=True)
    (folder / "link").symlink_to("a")
    (folder / "linked").symlink_to("d")
    (folder / "run").chmod(0o755)
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if not path.is_symlink():
            os.utime(path, (10 ** 9 + number, 10 ** 9 + number))


def contents(folder: Path) -> dict[str, bytes]:
    """All files, links and directories below a folder."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.readlink(path).encode()
        else:
            found[name] = path.read_bytes() if path.is_file() else b"/"
    return found


def both(line: str) -> list[tuple[subprocess.CompletedProcess[bytes], dict[str, bytes]]]:
    """Runs a line with our utilities and with the host's; what comes behind `;` by the host's."""
    results = []
    folder = work("utilities")
    first, _, rest = line.partition(" ; ")
    for own in (True, False):
        place = folder / "place"        # the same name for both: it may be printed
        place.mkdir()
        make_files(place)
        done = run_line(first, place, own)
        if rest:
            done.stdout += execute(["/bin/bash", "-c", rest], place).stdout
        results.append((done, contents(place)))
        place.rename(folder / f"done{len(results)}")
    return results


def run_line(line: str, place: Path, own: bool) -> subprocess.CompletedProcess[bytes]:
    """Runs one program, or what a shell makes of the line. Only < and | are special, and quotes if
    there are two."""
    settings = {"PATH": own_path(), "ASAN_OPTIONS": NO_LEAKS, "POSIXLY_CORRECT": "1"}
    if not own:
        settings = {"PATH": PROGRAMS}
    if not re.search("[<|]|'.*'", line):
        name, *words = line.split(" ")
        words = [re.sub(r"\\\\", r"\\", word) for word in words]
        return execute([shutil.which(name, path=settings["PATH"]), *words], place, **settings)
    return execute(["/bin/bash", "-c", line], place, **settings)


class Utilities(unittest.TestCase):
    maxDiff = None
    expected_seconds = 25

    def assert_clean(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.assertIsNone(SANITIZER.search(done.stderr), done.stderr.decode(errors="replace"))

    def test_they_do_what_the_host_s_own_ones_do(self) -> None:
        for line in SAME + LOOSE:
            with self.subTest(line):
                (own, files), (other, expected) = both(line)
                self.assert_clean(own)
                if line in LOOSE:
                    self.assertEqual(own.stdout.split(), other.stdout.split())
                else:
                    self.assertEqual(own.stdout, other.stdout)
                self.assertEqual(own.returncode, other.returncode, own.stderr + other.stderr)
                self.assertEqual(bool(own.stderr), bool(other.stderr), own.stderr + other.stderr)
                self.assertEqual(files, expected)
        table("the utilities beside the host's", [{"command lines": len(SAME) + len(LOOSE)}])

    def use(self, *words: str, given: bytes = b"",
            folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        if folder is None:
            make_files(folder := work("utility"))
        done = execute([str(harness("utilities") / words[0]), *words[1:]], folder, given,
                       PATH=own_path(), ASAN_OPTIONS=NO_LEAKS)
        self.assert_clean(done)
        return done

    def test_each_tells_how_it_is_used(self) -> None:
        for name in sorted(path.name for path in harness("utilities").iterdir()):
            if name in ("true", "false", "echo"):
                continue
            with self.subTest(name):
                done = self.use(name, "--help")
                self.assertTrue(done.stdout.startswith(f"usage: {name}".encode()), done.stdout)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                if name not in ("seq", "printf", "chmod"):
                    done = self.use(name, "-?")
                    self.assertIn(f"usage: {name}".encode(), done.stderr)
                    self.assertEqual((done.returncode, done.stdout), (2, b""))

    def test_help_names_them_all(self) -> None:
        told = self.use("help").stdout.decode()
        words = set(re.findall(r"\w+", told))
        own = {"common", "help", "mydevice", "run"}
        self.assertEqual([name for name in HERE if name not in words | own], [])
        self.assertEqual(self.use("help", "cat").stdout, self.use("cat", "--help").stdout)
        for line in told.splitlines():
            self.assertLessEqual(len(line), 100)

    def test_bytes_are_shown_as_hexdump_does(self) -> None:
        for size in (0, 1, 15, 16, 17, 40, 100):
            data = bytes(range(256))[:size] + b"\0" * 64 + b"tail"
            self.assertEqual(self.use("hexdump", "-C", given=data).stdout.decode(), dump(data))
        data = bytes(range(100))
        shown = self.use("hexdump", "-n", "20", given=data).stdout.decode()
        self.assertEqual(shown, dump(data[:20]))
        self.assertEqual(self.use("hexdump", "-s", "5", "-n", "3", given=data).stdout,
                         b"00000005  05 06 07" + b" " * 42 + b"|...|\n00000008\n")
        self.assertEqual(self.use("hexdump", "nosuch").returncode, 1)

    def test_a_long_list_tells_kind_size_and_time(self) -> None:
        make_files(folder := work("long"))
        lines = self.use("ls", "-l", "a", "link", "d/one", "run", folder=folder).stdout.decode()
        size = (folder / "a").stat().st_size
        date = r"2001-09-09 01:\d\d"
        self.assertRegex(lines, rf"(?m)^-rw-r--r--  1 +{size} {date} a$")
        self.assertRegex(lines, r"(?m)^lrwxrwxrwx  1 +1 \d{4}-\d\d-\d\d \d\d:\d\d link -> a$")
        self.assertRegex(lines, rf"(?m)^-rwxr-xr-x  1 +10 {date} run$")
        inside = self.use("ls", "-l", "d", folder=folder).stdout.decode()
        self.assertRegex(inside, rf"\Atotal \d+\ndrwxr-xr-x  2 +\d+ {date} deep\n"
                                 rf"-rw-r--r--  1 +4 {date} one\n\Z")

    def test_a_path_may_be_deeper_than_files_can_be_open(self) -> None:
        folder = work("deep")
        deepest = folder / "/".join(["d"] + ["x"] * 60)
        deepest.mkdir(parents=True)
        (deepest / "file").write_text("deep\n")
        limited = "ulimit -n 32; cp -r d e && ls -R e | tail -n 1 && rm -r d && mv e f && rm -rf f"
        done = execute(["/bin/sh", "-c", limited], folder,
                       PATH=own_path(), ASAN_OPTIONS=NO_LEAKS)
        self.assertEqual((done.stdout, done.stderr), (b"file\n", b""))
        self.assertEqual(contents(folder), {})

    def test_copies_keep_what_they_are_told_to(self) -> None:
        make_files(folder := work("keep"))
        self.assertEqual(self.use("cp", "-rp", "d", "run", "e", folder=folder).returncode, 0)
        for there, copy in (("d/one", "e/d/one"), ("d", "e/d"), ("run", "e/run")):
            self.assertEqual([(folder / path).stat().st_mtime for path in (there, copy)],
                             [(folder / there).stat().st_mtime] * 2)
        self.assertEqual((folder / "e/run").stat().st_mode & 0o777, 0o755)

    def test_nobody_removes_everything_by_mistake(self) -> None:
        make_files(folder := work("mistake"))
        before = contents(folder)
        for path in (".", "..", "d/.", "d/..", "./", "//", "d/../"):
            with self.subTest(path):
                done = self.use("rm", "-rf", path, folder=folder)
                self.assertEqual((done.returncode, contents(folder)), (1, before))

    def test_what_cannot_be_written_is_an_error(self) -> None:
        folder = work("full")
        for words in ("cat input", "echo x", "ls", "seq 3", "grep x input", "head input",
                      "sort input", "wc input", "printf x", "dd if=input", "tail input",
                      "env A=1"):
            with self.subTest(words):
                (folder / "input").write_text("x\n" * 10000)
                done = execute(["/bin/bash", "-c", f"enable -n echo printf; {words} > /dev/full"],
                               folder, PATH=own_path(),
                               ASAN_OPTIONS=NO_LEAKS)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(b"No space left", done.stderr)
                self.assert_clean(done)

    def test_nobody_writes_for_nobody(self) -> None:
        for words in ("seq 1000000000000", "cat /dev/zero", "hexdump -v /dev/zero",
                      "dd if=/dev/zero", "tail -c +1 /dev/zero", "head -c 100G /dev/zero",
                      "tee < /dev/zero"):
            with self.subTest(words):
                done = execute(["/bin/bash", "-c", f"{words} 2> told | head -c 10 > /dev/null; "
                                "echo ${PIPESTATUS[0]}; grep -c . told"], work("pipe"),
                               PATH=own_path(), ASAN_OPTIONS=NO_LEAKS)
                status, lines = map(int, done.stdout.split())
                self.assertNotEqual(status, 0)
                self.assertEqual(lines, 3 if words.startswith("dd") else 0, done.stderr)

    def test_patterns_that_take_long_elsewhere(self) -> None:
        line = b"a" * 3000 + b"\n"
        done = self.use("grep", "-c", "a*a*a*a*a*a*a*a*a*a*a*a*b", given=line * 10)
        self.assertEqual((done.stdout, done.returncode), (b"0\n", 1))


def dump(data: bytes) -> str:
    """What hexdump -C prints: lines that are the same as the one before are one *."""
    lines, hidden = [], False
    for offset in range(0, len(data), 16):
        part = data[offset:offset + 16]
        if offset and len(part) == 16 and part == data[offset - 16:offset]:
            lines += [] if hidden else ["*"]
            hidden = True
            continue
        hidden = False
        digits = [f"{byte:02x}" for byte in part] + ["  "] * (16 - len(part))
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{offset:08x}  {' '.join(digits[:8])}  {' '.join(digits[8:])}  |{shown}|")
    return "\n".join(lines + [f"{len(data):08x}", ""])


if __name__ == "__main__":
    unittest.main()
