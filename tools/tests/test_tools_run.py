"""run.py for real: QEMU, Bochs, gdb, recording and replaying, forwards and backwards."""

import json
import re
import unittest
from pathlib import Path

from built import built, exported, make, tool
from real_kit import LABS, STAGES
from support import work_folder, write_files

from stagetool.tree import FRESH

FIRST, NEWEST = STAGES[0], STAGES[-1]
WITH_PROGRAMS = next((stage for stage in STAGES if stage.programs), None)
LIMIT = ("--limit", "60")


def own_lines(text: str) -> list[str]:
    """What the tool says itself, apart from the guest."""
    return [line.removeprefix("microk: ") for line in text.splitlines()
            if line.startswith("microk: ")]


def debug(place: Path, *commands: str, build: Path = Path("build")) -> str:
    """What gdb and the guest print while these commands run, up to their end."""
    done = tool(place, "run.py", "debug", "--build", build, "--batch", *commands)
    return done.stdout + done.stderr


class Run(unittest.TestCase):
    expected_seconds = 20

    def test_a_kernel_that_finishes(self) -> None:
        for stage in STAGES:
            with self.subTest(stage=stage.name):
                done = tool(built(stage), "run.py", "run", *LIMIT)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                for line in stage.sees:
                    self.assertIn(line, done.stdout)

    def test_memory_and_arguments_reach_the_machine(self) -> None:
        done = make(built(FIRST), "run", "MEMORY=16M")
        self.assertIn("[mm] 16 MB detected", done.stdout)

    def test_a_panic_is_told_in_one_line_and_by_the_status(self) -> None:
        done = tool(built(FIRST), "run.py", "run", "--args", "panic", *LIMIT)
        self.assertEqual(done.returncode, 1)
        self.assertIn("\nPANIC: ", done.stdout)
        self.assertEqual(len(own_lines(done.stderr)), 1, done.stderr)
        self.assertIn("panicked", done.stderr)

    def test_a_starter_names_what_is_not_written(self) -> None:
        lab = LABS[0]
        done = tool(built(lab, FRESH), "run.py", "run", *LIMIT)
        ids = {exercise.id for exercise in lab.exercises}
        named = re.findall(r'exercise "([\w-]+)" \((\w+)\) is not written yet: see (\S+)',
                           done.stderr)
        self.assertTrue(named)
        for exercise, _, handout in named:
            self.assertIn(exercise, ids)
            self.assertTrue(handout.startswith(f"labs/{lab.name}/handout.md#"))

    def test_a_triple_fault_and_a_hang(self) -> None:
        for name, body, told in (("fault", "lidt (%%rsp); ud2", "triple fault"),
                                 ("hang", "1: jmp 1b", "still running after 1 s")):
            with self.subTest(name=name):
                place = self.guest(f'__asm__ volatile("pushq $0; pushq $0; {body}" : : "r"(0));')
                done = tool(built(FIRST), "run.py", "run", "--build", place, "--limit", "1")
                self.assertEqual(done.returncode, 1)
                self.assertEqual(len(own_lines(done.stderr)), 1, done.stderr)
                self.assertIn(told, done.stderr)
                if name == "fault":
                    self.assertRegex(done.stderr, r"RIP=ffffffff80[0-9a-f]+")

    def guest(self, statement: str) -> Path:
        """A build whose demonstration is one statement."""
        place = work_folder("guest")
        write_files(place, {"guest.c": '#include "init.h"\n\nvoid demo_main(void)\n{\n'
                                       f"    {statement}\n}}\n"})
        done = make(built(FIRST), f"GUEST={place}", f"BUILD={place}/build")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return place / "build"

    def test_errors_are_one_line(self) -> None:
        tree, nowhere = built(FIRST), work_folder("nowhere")
        for words, path, told in (
                (("run",), str(nowhere), "qemu-system-x86_64 is not installed"),
                (("debug",), str(nowhere), "is not installed"),
                (("run", "--build", nowhere), None, "there is no kernel yet"),
                (("bochs", "--build", nowhere), None, "there is no image yet"),
                (("replay", "--build", nowhere), None, "nothing is recorded yet"),
                (("run", "--memory", "12x"), None, "'12x' is no size of memory")):
            with self.subTest(words=words):
                done = tool(tree, "run.py", *words, **({"PATH": path} if path else {}))
                self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1),
                                 done.stderr)
                self.assertIn(told, done.stderr)

    def test_a_window_needs_a_place_to_be(self) -> None:
        done = tool(built(FIRST), "run.py", "run", "--gui", DISPLAY="", WAYLAND_DISPLAY="")
        self.assertEqual(done.returncode, 1)
        self.assertIn("needs a graphical session", done.stderr)


class RunInBochs(unittest.TestCase):
    expected_seconds = 10

    def test_a_kernel_that_finishes_and_one_that_panics(self) -> None:
        tree = built(FIRST)
        for arguments, status in (("", 0), ("panic", 1)):
            self.assertEqual(make(tree, "iso", f"ARGS={arguments}").returncode, 0)
            done = tool(tree, "run.py", "bochs", *LIMIT)
            self.assertEqual(done.returncode, status, done.stderr)
            for line in FIRST.sees:
                self.assertIn(line, done.stdout)
        self.assertIn("PANIC: ", done.stdout)
        self.assertIn("panicked", done.stderr)

    def test_the_limit_holds(self) -> None:
        self.assertEqual(make(built(FIRST), "iso").returncode, 0)
        done = tool(built(FIRST), "run.py", "bochs", "--limit", "0.1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Bochs was still running after 0.1 s", done.stderr)


class Gdb(unittest.TestCase):
    expected_seconds = 10

    def test_before_the_first_instruction(self) -> None:
        shown = debug(built(FIRST), "info registers rip", "microk pages", "microk log")
        self.assertIn("0xfff0", shown)
        self.assertIn("microk pages: the CPU has not switched to 64-bit paging yet", shown)
        self.assertIn("microk log: ", shown)

    def test_at_the_end_of_the_first_stage(self) -> None:
        shown = debug(built(FIRST), "break machine_stop", "continue", "microk log 1",
                      "microk pages", "microk pages 0", "microk pages &log_ring",
                      "microk backtrace", "microk registers", "microk registers nobody",
                      "microk log many")
        self.assertIn("Booting MicroK", shown)
        self.assertRegex(shown, r"ffffffff80100000-[0-9a-f]{16}  r-x-  physical 0x00100000 ")
        self.assertNotRegex(shown, r"(?m)^[0-9a-f]{16}-[0-9a-f]{16}  rwx")
        self.assertIn("0x0 is not mapped", shown)
        self.assertRegex(shown, r"0x[0-9a-f]+ is physical 0x[0-9a-f]+, rw--, in a page of 4 KB")
        self.assertRegex(shown, r"#0 .* machine_stop .*\n  #1 .* kernel_main .*\n"
                                r"  #2 .* boot_entry_64 ")
        self.assertIn("boot_context: nothing has been saved there", shown)
        self.assertIn("microk registers: there are no saved registers named 'nobody'", shown)
        self.assertIn("microk log: 'many' is no number of lines", shown)
        self.assertNotIn("Python Exception", shown)

    def test_a_panic_shows_as_the_kernel_shows_it(self) -> None:
        done = tool(built(FIRST), "run.py", "debug", "--args", "panic", "--batch",
                    "break machine_stop", "continue", "microk registers", "microk backtrace boot")
        panic, seen = done.stdout.split("Breakpoint 1, machine_stop")
        calls = re.findall(r"#\d+ +(0x[0-9a-f]+ \w+)", panic)
        self.assertGreater(len(calls), 2)
        self.assertEqual(re.findall(r"#\d+ +(0x[0-9a-f]+ \w+)", seen), calls)
        self.assertIn(f"at {calls[0]} ", seen)
        self.assertIn("vector 000000000000000e", seen)

    def test_an_earlier_tree_has_no_later_command(self) -> None:
        shown = debug(built(FIRST), "help microk")
        self.assertIn("microk pages", shown)
        for later in ("threads", "queues", "frames"):
            self.assertNotIn(later, shown)

    @unittest.skipUnless(len(STAGES) > 1, "needs threads")
    def test_threads_queues_and_frames(self) -> None:
        looks = ("microk threads", "microk queues", "microk frames", "microk frames 0x1000",
                 "microk frames -1", "microk registers main", "microk registers",
                 "microk backtrace main")
        shown = debug(built(STAGES[1]), *looks, "break timer_enter if sched.ticks > 20", "continue",
                      *looks)
        early, late = shown.split("Breakpoint 1, timer_enter")
        self.assertIn("microk threads: ", early)
        self.assertRegex(late, r"\n\* +\d+  [\w ]+ RUNNING")
        self.assertRegex(late, r"\n +\d+  main +(JOINING|SLEEPING|READY)")
        self.assertRegex(late, r"\nready: .*\nsleepers: ")
        self.assertRegex(late, r"\n\d+ of \d+ frames are free\n  0x")
        self.assertIn("frame 1 at 0x1000 is in use, or not the allocator's", late)
        self.assertIn("is not the allocator's: it knows", late)
        self.assertRegex(late, r"thread main \(\d+\), saved at 0xffffffff80")
        self.assertRegex(late, r"thread main \(\d+\):\n  #0 .*\n(.*\n)*.* run_program ")
        self.assertNotIn("BROKEN", late)
        self.assertNotIn("Python Exception", shown)

    @unittest.skipUnless(len(STAGES) > 1, "needs queues")
    def test_a_broken_queue_is_said_to_be(self) -> None:
        shown = debug(built(STAGES[1]), "break timer_enter if sched.ready.first != 0 && "
                      "sched.ready.first != sched.ready.last", "continue",
                      "set var sched.ready.first->next->previous = 0", "microk queues",
                      "set var frames.free_count = 1", "microk frames")
        self.assertRegex(shown, r"BROKEN: the link back from .* leads elsewhere")
        self.assertRegex(shown, r"BROKEN: the bitmap has \d+ free frames")


@unittest.skipUnless(WITH_PROGRAMS, "needs user programs")
class GdbAndPrograms(unittest.TestCase):
    expected_seconds = 10

    def setUp(self) -> None:
        self.tree = built(WITH_PROGRAMS)
        self.names = (self.tree / "build/programs.list").read_text().split()

    def listed(self, shown: str) -> list[tuple[str, str]]:
        """The rows of `microk program`: the mark, and the name."""
        return re.findall(r"(?m)^([* ]) 0x[0-9a-f]+-0x[0-9a-f]+  (\w+)$", shown)

    def test_all_are_known_where_each_has_its_place(self) -> None:
        shown = debug(self.tree, "microk program", "break main", "continue", "bt 1",
                      "microk program nobody")
        self.assertEqual(self.listed(shown), [("*", name) for name in self.names])
        self.assertRegex(shown, rf"Breakpoint 1(\.\d+)?, .*main \(.*user/{self.names[0]}/main\.c")
        self.assertIn("microk program: there is no program 'nobody'; there are "
                      + ", ".join(self.names), shown)

    def test_where_they_share_a_place_the_user_says_which_one(self) -> None:
        build = work_folder("same")
        self.assertEqual(make(self.tree, f"BUILD={build}", "PROGRAM_SPACING=0").returncode, 0)
        first, second = self.names[:2]
        shown = debug(self.tree, "microk program", f"microk program {first}",
                      f"microk program {second}", "info symbol main", "microk program",
                      build=build)
        self.assertEqual(self.listed(shown),
                         [(" ", name) for name in self.names]
                         + [("*" if name == second else " ", name) for name in self.names])
        self.assertRegex(shown, rf"main in section \.text of .*/{second}\.debug")
        self.assertNotIn("Error", shown)


class RecordAndReplay(unittest.TestCase):
    expected_seconds = 20

    def test_a_replay_is_the_same_run_and_goes_backwards(self) -> None:
        tree = built(NEWEST)
        recorded = tool(tree, "run.py", "record", *LIMIT)
        self.assertEqual(recorded.returncode, 0, recorded.stderr)
        for _ in range(2):
            replayed = tool(tree, "run.py", "replay", *LIMIT)
            self.assertEqual((replayed.returncode, replayed.stdout), (0, recorded.stdout),
                             replayed.stderr)
        steps = ("p $rip", "reverse-stepi", "p $rip", "break printk", "reverse-continue",
                 "microk backtrace", "delete", "watch log_ring.written", "reverse-continue",
                 "p log_ring.written == 0")
        for _ in range(2):
            shown = tool(tree, "run.py", "replay", "--batch", *steps).stdout
            self.assertIn("Breakpoint 1, machine_stop", shown)
            places = re.findall(r"\$[12] = .*<(\w+)", shown)
            self.assertEqual(places[0], "machine_stop")
            self.assertNotEqual(places[1], "machine_stop")
            self.assertIn(", printk (", shown)
            self.assertIn("message_put", shown)
            self.assertIn("$3 = 0", shown)

    @unittest.skipUnless(WITH_PROGRAMS, "needs user programs")
    def test_a_recording_keeps_its_programs(self) -> None:
        tree = exported(WITH_PROGRAMS)
        self.assertEqual(make(tree).returncode, 0)
        recorded = tool(tree, "run.py", "record", *LIMIT)
        for file in (tree / "build/programs").iterdir():
            file.unlink()
        replayed = tool(tree, "run.py", "replay", *LIMIT)
        self.assertEqual((replayed.returncode, replayed.stdout), (0, recorded.stdout))
        done = tool(tree, "run.py", "run")
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done.stderr)
        self.assertIn("there is no such program yet", done.stderr)

    def test_a_recording_of_a_panic_ends_in_the_panic(self) -> None:
        tree = built(FIRST)
        recorded = tool(tree, "run.py", "record", "--args", "panic", *LIMIT)
        self.assertEqual(recorded.returncode, 1)
        replayed = tool(tree, "run.py", "replay", *LIMIT)
        self.assertEqual((replayed.returncode, replayed.stdout), (1, recorded.stdout))
        shown = tool(tree, "run.py", "replay", "--batch", "break fault_enter", "reverse-continue",
                     "microk registers").stdout
        self.assertIn(", fault_enter (", shown)
        self.assertRegex(shown, r"vector 000000000000000e")

    def test_a_graded_run_is_debugged_recorded_and_replayed(self) -> None:
        tree = built(FIRST)
        listed = tool(tree, "../grading/grade.py", "--list").stdout
        test = listed.splitlines()[-1].split()[0]
        boot = json.loads(tool(tree, "../grading/grade.py", "--print-boot", test, "--seed",
                               "0x1234").stdout)
        words = ("--test", test, "--seed", "0x1234")
        shown = tool(tree, "run.py", "debug", *words, "--batch", "break demo_main", "continue",
                     "p boot_info.command_line").stdout
        self.assertIn(f"{boot['append']}\"", shown)
        recorded = tool(tree, "run.py", "record", *words, *LIMIT)
        kept = json.loads((tree / "build/record/boot.json").read_text())
        self.assertEqual(kept["append"], boot["append"])
        replayed = tool(tree, "run.py", "replay", *LIMIT)
        self.assertEqual(replayed.stdout, recorded.stdout)

    def test_an_unknown_test_is_refused_by_the_grader(self) -> None:
        done = tool(built(FIRST), "run.py", "record", "--test", "no-such-test")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no-such-test", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
