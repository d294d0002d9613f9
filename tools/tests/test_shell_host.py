"""The shell and the utilities, built for the host: they do what dash and the host's own ones do."""

import os
import pty
import random
import re
import select
import subprocess
import time
import unittest
from pathlib import Path

from shell_host import HARNESS, PROGRAMS, SANITIZER, execute, harness, has, work
from support import table

ORACLE = "dash"                     # it runs the same programs: only the shells differ

FUZZED = 300
SEED = 20260711
PROMPT = b"MicroK> "

# Pieces that the fuzzer puts together.
PIECES = ["if", "then", "else", "elif", "fi", "while", "until", "do", "done", "for", "in", "case",
          "esac", "{", "}", "(", ")", ";", ";;", "&&", "||", "|", "&", "!", "\n", " ", "'", '"',
          "\\",
          "`", "$", "$(", "${", "$((", "))", "}", "<", ">", "<<", "<<-", ">>", ">&", "<&", "x=1",
          "x",
          "$x", "${x:-", "${x#", "${#x}", "*", "?", "[", "]", "[!a]", "~", "#", "E", "\nE\n", ":",
          "true", "f()", "set", "--", "1", "2>", "$?", "$@", '"$@"', "eval", "break", "=", "-",
          "\t"]


def cases(name: str) -> list[str]:
    return (HARNESS / "cases" / name).read_text(encoding="utf-8").rstrip("\n").split("\n%%\n")


def shell(script: str, folder: Path, own: bool, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a script on the standard input of our shell, or of the other one."""
    program = str(harness("sh")) if own else ORACLE
    return execute([program, *words], folder, script.encode())


def parted(output: bytes) -> dict[int, tuple[bytes, int]]:
    """What each case of many has printed, and its status, by the marks between them."""
    found, begin = {}, 0
    for mark in re.finditer(rb"\[case (\d+): (\d+)\]\n", output):
        found[int(mark[1])] = output[begin:mark.start()], int(mark[2])
        begin = mark.end()
    return found


@unittest.skipUnless(has(ORACLE), f"{ORACLE} is not installed")
class Shell(unittest.TestCase):
    """Each line and script: the same output and the same status as dash's."""

    maxDiff = None
    expected_seconds = 25

    def assert_clean(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.assertIsNone(SANITIZER.search(done.stderr), done.stderr.decode(errors="replace"))

    def test_lines_do_what_they_do_in_dash(self) -> None:
        lines = cases("together.txt")
        script = "".join(f'{line}\necho "[case {number}: $?]"\n'
                         for number, line in enumerate(lines))
        own, other = (shell(script, work("lines"), own) for own in (True, False))
        self.assert_clean(own)
        found, expected = parted(own.stdout), parted(other.stdout)
        self.assertEqual(sorted(expected), list(range(len(lines))), other.stderr[-500:])
        for number, line in enumerate(lines):
            with self.subTest(line):
                self.assertEqual(found.get(number), expected[number])
        self.assertEqual(own.returncode, other.returncode)
        table("the shell beside dash", [{"cases": "in one shell", "number": len(lines)}])

    def test_scripts_end_as_they_do_in_dash(self) -> None:
        scripts = cases("alone.txt")
        for script in scripts:
            with self.subTest(script):
                folders = work("own"), work("other")
                own = shell(script + "\n", folders[0], True)
                other = shell(script + "\n", folders[1], False)
                self.assert_clean(own)
                self.assertEqual((own.stdout, own.returncode), (other.stdout, other.returncode))
                self.assertEqual(bool(own.stderr), bool(other.stderr), own.stderr + other.stderr)
        table("the shell beside dash", [{"cases": "each in its own", "number": len(scripts)}])

    def test_commands_among_the_words(self) -> None:
        for words in (["-c", "echo $0 $1 $#", "name", "one", "two"], ["-c", "exit 4"], ["-c", ""],
                      ["-c", "echo a\necho b"], ["-e", "-c", "false; echo no"],
                      ["-ec", "false; echo no"], ["-c", "echo )"], ["-uc", "echo $x; echo no"],
                      ["script", "a", "b c"], ["-e", "script"], ["-s", "a", "b"],
                      ["--", "script"], ["-c", "echo $-", "x"], ["-fc", "echo *; echo $-"]):
            with self.subTest(words):
                results = []
                for own in (True, False):
                    folder = work("words")
                    (folder / "script").write_text('echo "$# $2"; false; echo end\n')
                    done = shell("echo input $# $1", folder, own, *words)
                    results.append((done.stdout, done.returncode))
                self.assertEqual(*results)

    def test_what_is_wrong_is_told_with_its_line(self) -> None:
        for script, said in (("echo a\n\nfi\n", "sh: line 3: syntax error: unexpected fi"),
                             ("if true\nthen\n", "sh: line 3: syntax error: unexpected end"),
                             ("echo 'a\n\n", "sh: line 3: a ' is not closed"),
                             ("echo a |\n| b\n", "sh: line 2: syntax error: unexpected |"),
                             ("\nnosuch\n", "sh: line 2: nosuch: not found"),
                             ("f() {\n  nosuch\n}\n\nf\n", "sh: line 2: nosuch: not found"),
                             ("\n(\nnosuch)\n", "sh: line 3: nosuch: not found"),
                             ("echo $((1/0))\n", "sh: line 1: $((1/0)): division by zero"),
                             ("cat < nosuch\n", "sh: line 1: nosuch: No such file or directory"),
                             ("cd nosuch\n", "sh: line 1: cd: nosuch: No such file or directory"),
                             ("kill\n", "sh: line 1: usage: kill [-SIGNAL] PROCESS|%JOB... | -l"),
                             ("sh -c 'kill -SEGV $$'", "sh: line 1: Segmentation fault")):
            with self.subTest(script):
                done = shell(script, work("wrong"), True)
                self.assertEqual(done.stderr.decode().splitlines()[-1:], [said])

    def test_a_script_ends_whose_programs_write_for_nobody(self) -> None:
        """Other shells go on for ever here: it is their programs that the signal ends."""
        done = shell("while :; do seq 5; done | head -n 7; echo $?", work("pipe"), True)
        self.assertEqual(done.stdout, b"1\n2\n3\n4\n5\n1\n2\n0\n")
        self.assert_clean(done)

    def test_there_is_an_end_to_what_is_nested(self) -> None:
        for script in ("f() { f; }; f", "x='eval \"$x\"'; eval \"$x\"", "(" * 5000, "{ " * 5000,
                       "$(" * 5000, "${x:-" * 5000, "`" * 5001, "if " * 5000, "echo " + '"$(' * 900,
                       "echo $((" + "(" * 5000 + "1" + ")" * 5000 + "))", "! " * 5000,
                       "echo $((" + "-" * 5000 + "1))", "test " + "\\( " * 900, "x=" + "a" * 300000,
                       "echo '. ./again' > again; . ./again", "echo " + "*/" * 300 + "*",
                       "case x in " + "x) case x in " * 3000):
            with self.subTest(script[:40]):
                done = shell(script + "\necho end\n", work("deep"), True)
                self.assert_clean(done)
                self.assertGreaterEqual(done.returncode, 0)
                self.assertTrue(done.stderr or done.stdout)

    def test_garbage_does_no_harm(self) -> None:
        """Seeded: rows of pieces, and cases with some bytes changed. Nothing is run: -n there is
        not, but behind `false &&` nothing is."""
        chance = random.Random(SEED)
        known = cases("together.txt") + cases("alone.txt")
        scripts = []
        for number in range(FUZZED):
            if number % 2:
                text = "".join(chance.choice(PIECES) + chance.choice(["", " "])
                               for _ in range(chance.randint(1, 30)))
            else:
                text = self.mutated(chance, chance.choice(known))
            scripts.append(text.replace("\0", ""))
        # Each is parsed as a function's body by a shell of its own inside of one.
        folder = work("garbage")
        for number, text in enumerate(scripts):
            (folder / f"s{number}").write_text(f"unused() {{\n{text}\n}}\n", encoding="latin-1")
        loop = f'i=0; while [ $i -lt {FUZZED} ]; do (PATH=; . ./s$i) < /dev/null 2>> said; ' \
               'i=$((i + 1)); done; echo complete'
        done = shell(loop, folder, True)
        self.assert_clean(done)
        said = (folder / "said").read_bytes()
        self.assertIsNone(SANITIZER.search(said), said.decode(errors="replace")[:3000])
        self.assertIn(b"complete", done.stdout)
        self.assertGreater(said.count(b"sh: line"), FUZZED / 4)

    def mutated(self, chance: random.Random, text: str) -> str:
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text) + 1)
            cut = place + chance.choice([0, 0, 1, 2, 8])
            put = chance.choice(PIECES + [chr(chance.randrange(1, 256))])
            text = text[:place] + put + text[cut:]
        return text

    def test_nothing_is_lost_on_the_way_to_another_shell(self) -> None:
        """What a subshell knows: odd values, functions, options, parameters, $?."""
        script = """
        odd='a  "b" $c `d` \\e
        line '\\''q'\\'' *'; exported=1; export exported never
        f() { cat <<EOF
        doc $1
EOF
        }
        set -u -- 'p  1' '' '*'; false
        (echo $? $#; printf '<%s>' "$@" "$odd"; f x; g=${g-no}; echo $g $exported $-)
        printf '%s|' "$(echo $?; printf '<%s>' "$@" "$odd" | cat; f y)"; echo ${g-unset}
        """
        own, other = (shell(script, work("state"), own) for own in (True, False))
        self.assertEqual(own.stdout.replace(b" us\n", b" u\n"),
                         other.stdout.replace(b" us\n", b" u\n"))


class Terminal:
    """Our shell at a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        program = harness("sh")
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve(program, ["sh"], {"PATH": PROGRAMS, "LC_ALL": "C",
                                       "ASAN_OPTIONS": "detect_leaks=0"})
        self.seen = b""

    def type(self, text: str) -> None:
        os.write(self.descriptor, text.encode())

    def expect(self, wanted: bytes, limit: float = 20) -> bytes:
        """Reads until something comes; returns what stood before it."""
        end = time.monotonic() + limit
        while wanted not in self.seen:
            if not select.select([self.descriptor], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"{wanted!r} did not come: {self.seen!r}")
            self.seen += self.read()
        before, _, self.seen = self.seen.partition(wanted)
        return before

    def read(self) -> bytes:
        try:
            return os.read(self.descriptor, 4096)
        except OSError:     # the shell has ended
            raise AssertionError(f"the shell has ended: {self.seen!r}") from None

    def end(self) -> int:
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


class Typed(unittest.TestCase):
    """What somebody at a terminal sees."""

    expected_seconds = 5

    def setUp(self) -> None:
        folder = work("typed")
        os.mkfifo(folder / "fifo")
        self.terminal = Terminal(folder)
        self.addCleanup(self.terminal.end)
        self.terminal.expect(PROMPT)

    def answer(self, line: str) -> list[str]:
        self.terminal.type(line + "\n")
        told = self.terminal.expect(PROMPT).decode().replace("\r", "")
        return told.splitlines()[1:]        # the first one is what was typed

    def test_errors_do_not_end_it(self) -> None:
        self.assertEqual(self.answer("echo hello"), ["hello"])
        self.assertEqual(self.answer("fi"), ["sh: syntax error: unexpected fi"])
        self.assertEqual(self.answer("echo $?"), ["2"])
        self.assertEqual(self.answer("echo ${x?no}; echo never"), ["sh: x: no"])
        self.assertEqual(self.answer("echo $((1/0)); echo never")[-1],
                         "sh: $((1/0)): division by zero")
        self.assertEqual(self.answer("nosuch"), ["sh: nosuch: not found"])
        self.assertEqual(self.answer("f() { return 5; }; f; echo $?"), ["5"])

    def test_a_command_of_many_lines_has_another_prompt(self) -> None:
        self.terminal.type("for i in 1 2\n")
        self.terminal.expect(b"> ")
        self.terminal.type("do echo $i\n")
        self.terminal.expect(b"> ")
        self.assertEqual(self.answer("done"), ["1", "2"])

    def interrupt(self, limit: int = 20) -> None:
        """Types Ctrl-C until there is a prompt: the host forgets one that comes too early."""
        for _ in range(limit):
            self.terminal.type("\x03")
            try:
                self.terminal.expect(PROMPT, 1)
                return
            except AssertionError:
                continue
        self.fail("Ctrl-C brings no prompt")

    def test_interrupts(self) -> None:
        for line in ("sleep 60", "sleep 60 | cat", "(sleep 60; echo never)", "x=$(sleep 60)",
                     "while true; do sleep 60; done", "while :; do :; done", "read x < /dev/zero",
                     "for i in 1 2; do sleep 60; done; echo never", "echo half a li"):
            with self.subTest(line):
                self.terminal.type(line + ("\n" if "half" not in line else ""))
                time.sleep(0.2)
                self.interrupt()
                self.terminal.type("echo status $?\n")
                self.assertNotIn(b"never\r", self.terminal.expect(b"status 130\r\n"))
                self.terminal.expect(PROMPT)

    def told_later(self, limit: float = 20) -> list[str]:
        """What is told before a prompt as soon as there is something to tell."""
        end = time.monotonic() + limit
        while not (told := self.answer(":")) and time.monotonic() < end:
            time.sleep(0.05)
        return told

    def test_jobs_are_told(self) -> None:
        told = self.answer("read x < fifo &")
        self.assertRegex(told[0], r"^\[1\] \d+$")
        self.assertEqual(self.answer("jobs"), ["[1] Running  read x < fifo"])
        told = self.answer("echo > fifo")
        self.assertEqual(told or self.told_later(), ["[1] Done  read x < fifo"])
        told = self.answer("(exit 3) &")
        self.assertEqual(told[1:] or self.told_later(), ["[1] Done (3)  (exit 3)"])
        self.answer("sleep 60 &")
        self.assertEqual(self.answer("kill %1; wait %1"), [])
        self.assertEqual(self.answer("echo $?; jobs"), ["143"])

    def test_the_end_of_the_input_ends_it(self) -> None:
        self.terminal.type("sh -c 'exit 6'\n")
        self.terminal.expect(PROMPT)
        self.terminal.type("\x04")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(self.terminal.process, 0)[1]), 6)
        self.doCleanups = lambda: True
        os.close(self.terminal.descriptor)


if __name__ == "__main__":
    unittest.main()
