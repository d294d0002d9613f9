"""A boot whose tests are user programs: the graded kernel as it is, with programs as its boot
modules, of which it starts the first.

    boot = run.boot_programs("fuzzer", "echo", arguments={"fuzzer": [500]})
    boot.finish()                           # until the first program ends
    boot.values("answer")                   # what the first program reported
    boot.program("echo").values("request")  # and another one

Several programs may have the same addresses, each in page tables of its own: so which program has
met a breakpoint is told by the current thread's name, which is the program's.
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from .boot import CHECKPOINT, FINISHED, GO_ON, Boot, only_value
from .channel import Value, parse_report
from .errors import InfrastructureError, KernelMismatch
from .expect import Failure
from .image.kernel_image import ProgramImage
from .image.views import KernelView
from .machine.address_space import KERNEL_HALF
from .machine.registers import Registers
from .plan import Plan
from .snapshot import Snapshot
from .splitmix import SplitMix64, derived_seed
from .story import End
from .threads import current_thread, identity, threads_of

BEGIN = "begin"             # the checkpoint that every test program begins with
REPORTS, SEED, ARGUMENTS = "guest_reports", "guest_seed", "guest_arguments"
WORD = 8
MOST_ARGUMENTS = 8          # that a test program has room for
NAME_LONGEST = 15           # characters of a module's name that the kernel keeps
USER_MODE = 3
ENDED = "THREAD_ENDED"      # such a thread has no memory any more


def patched(image: ProgramImage, seed: int, arguments: Sequence[int]) -> bytes:
    """A program's file for one boot. The tree's own programs stay as they are."""
    most = MOST_ARGUMENTS if is_test(image) else 0
    if len(arguments) > most:
        raise InfrastructureError(f"the program {image.name} takes at most {most} arguments")
    if not is_test(image):
        return image.bootable.read_bytes()
    words = b"".join((number & (1 << 64) - 1).to_bytes(WORD, "little") for number in arguments)
    return image.patched({SEED: seed.to_bytes(WORD, "little"), ARGUMENTS: words})


def is_test(image: ProgramImage) -> bool:
    """Whether a program is one of the grader's own."""
    return image.symbols.find(REPORTS) is not None


def program_seed(boot_seed: int, place: int) -> int:
    """The seed of the program at a place of the modules, from 0."""
    return derived_seed(~boot_seed, place) if place else boot_seed


class ProgramReports:
    """What the tasks that run one program have reported, each into memory of its own."""

    def __init__(self, name: str, seed: int) -> None:
        self.name, self.seed = name, seed
        self._reports: dict[int, list[tuple[str, Value]]] = {}  # by thread
        self._lost = False

    def random(self) -> SplitMix64:
        """The random numbers that the program draws, from their beginning."""
        return SplitMix64(self.seed)

    def values(self, key: str) -> list[Value]:
        """Everything that was reported under a key; of several tasks, the first one's first."""
        if self._lost:
            raise Failure(f"the program {self.name} has reported more than there is room for")
        return [value for reports in self._reports.values() for name, value in reports
                if name == key]

    def value(self, key: str) -> Value:
        """The one value that was reported under a key."""
        return only_value(key, self.values(key), [])

    def read(self, thread: int, variables: KernelView) -> None:
        """Takes over what a thread has reported so far."""
        found = variables.guest_reports
        self._lost |= found.lost != 0
        text = found.text.raw()[:found.length].decode("latin-1")
        parsed = (parse_report(line) for line in text.splitlines())
        self._reports[thread] = [report for report in parsed if report]


class ProgramBoot(Boot):
    """The boot has ended when its first program has: a test program by itself, one of the tree's
    own with the machine."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, plan.image.bootable.read_bytes(), 0)
        self.first = plan.modules[0][0]
        self._first_thread: Optional[int] = None    # its identity, when it has begun
        self._reports: dict[str, ProgramReports] = {}
        self._stops: dict[tuple[str, int], str] = {}
        for place, (name, _) in enumerate(plan.modules):
            if name in plan.programs and is_test(plan.programs[name]):
                self._reports[name] = ProgramReports(name, program_seed(plan.seed, place))
                for stop in (CHECKPOINT, FINISHED):
                    self._add_stop(name, stop)

    def program(self, name: str) -> ProgramReports:
        """What one of the test programs has reported."""
        if name not in self._reports:
            raise InfrastructureError(f"this boot has no test program {name}")
        return self._reports[name]

    def values(self, key: str) -> list[Value]:
        """What the first program reported under a key."""
        return self.program(self.first).values(key)

    def until_in(self, program: str, function: str) -> Snapshot:
        """Runs to the next call of a function of one of the programs."""
        address = self._add_stop(program, function)
        try:
            while (stop := self._advance()) == CHECKPOINT:
                pass
        finally:
            del self._stops[program, address]
            if not any(at == address for _, at in self._stops):
                self._running().remove_breakpoint(address)
        if stop != function:
            raise self._failure(f"the test ended, and {function}() of {program} was not called")
        return self.snapshot()

    def _add_stop(self, program: str, function: str) -> int:
        address = self._programs[program].symbols.address(function)
        self._stops[program, address] = function
        self._running().add_breakpoint(address)
        return address

    def _met(self, registers: Registers) -> str:
        if registers.rip >= KERNEL_HALF:
            return self._kernel_place(registers)
        snapshot = self.snapshot()
        thread = current_thread(snapshot)
        program = thread.name.text() if thread else ""
        name = self._stops.get((program, registers.rip), GO_ON)
        if thread is None or name == GO_ON:
            return GO_ON    # a place in another program, which has the same address
        expect_user_mode(program, snapshot)
        self._collect(snapshot)
        return self._met_in_test(name, thread, snapshot)

    def _met_in_test(self, name: str, thread: Any, snapshot: Snapshot) -> str:
        """A program stands at one of its stops."""
        number, registers = identity(thread), snapshot.registers
        if name == CHECKPOINT and snapshot.memory.text(registers.rdi) == BEGIN:
            if thread.name.text() == self.first and self._first_thread is None:
                self._first_thread = number     # nobody else can have started it before
            return GO_ON
        if name == FINISHED:
            self.end = End.DONE if number == self._first_thread else None
            return GO_ON
        return name

    def _end_of(self, reason: Any) -> End:
        self._collect(self.snapshot())
        end = super()._end_of(reason)
        own = self.first not in self._reports
        return End.DONE if own and end is End.LEFT and self.channel.stop else end

    def _collect(self, snapshot: Snapshot) -> None:
        """Reads what all programs have reported: of one whose task ends later, nothing is left."""
        try:
            threads = threads_of(snapshot)
        except KernelMismatch:
            return
        for thread in threads:
            reports = self._reports.get(thread.name.text())
            if reports is not None and thread.state.name != ENDED:
                self._read(reports, thread, snapshot)

    def _read(self, reports: ProgramReports, thread: Any, snapshot: Snapshot) -> None:
        try:
            reports.read(identity(thread), snapshot.variables_of(thread))
        except KernelMismatch:
            pass    # not in memory: what was read before counts


def expect_user_mode(program: str, snapshot: Snapshot) -> None:
    """Fails when a program runs with the kernel's privileges."""
    if snapshot.registers.privilege != USER_MODE:
        raise Failure(f"the program {program} does not run in user mode",
                      expected=f"privilege {USER_MODE}",
                      got=f"privilege {snapshot.registers.privilege}, at "
                          f"{snapshot.place(snapshot.registers.rip, program)}")
