"""One test's run: what the test is given, and what comes of it."""

from __future__ import annotations

import enum
import time
from dataclasses import dataclass
from typing import Callable, Mapping, Optional, Sequence, TypeVar

from emulator import programs

from .boot import Boot
from .built import BuiltKernels
from .catalogue import Test
from .channel import Unwritten
from .errors import InfrastructureError, KernelMismatch, broken, told
from .expect import Failure, listed
from .image.kernel_image import ProgramImage
from .kernel_boot import KernelBoot, command_line
from .machine.launch import Modules
from .machine.limits import Limits
from .plan import Plan
from .program_boot import NAME_LONGEST, ProgramBoot, patched, program_seed
from .splitmix import SplitMix64, derived_seed
from .submission.stage_info import StageInfo

AnyBoot = TypeVar("AnyBoot", bound=Boot)

NO_SENSE = "the test could not make sense of what it found in the machine: "


class Status(enum.Enum):
    """What came of a test."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """A test's result."""

    test: Test
    status: Status
    message: str = ""       # why it failed
    boot: int = 0           # the boot in which it failed, counted from 0
    seconds: float = 0.0

    @property
    def points(self) -> float:
        """What it earned."""
        return self.test.points if self.status is Status.PASSED else 0.0


def with_privileges(files: Mapping[str, bytes], instead: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a boot, of which one says what programs may have, when some are others."""
    if programs.PRIVILEGES not in files:
        return dict(files)
    parts = programs.privileges_by_program(files[programs.PRIVILEGES].decode())
    own = {name: parts.pop(other) for name, other in instead.items() if other in parts}
    return {**files, programs.PRIVILEGES: programs.privileges_file(parts | own).encode()}


class Run:
    """What a test function is given. `stage` is the graded tree's stage.json."""

    def __init__(self, test: Test, stage: StageInfo, kernels: BuiltKernels, seed: int) -> None:
        self.test, self.stage, self.seed = test, stage, seed
        self._kernels = kernels
        self._boots: list[Boot] = []

    def boot(self, guest: Optional[str] = None, *, modules: Sequence[str] = (),
             memory_mb: int = 128, append: str = "", limits: Limits = Limits()) -> Boot:
        """Starts the graded kernel with a test program in it (by default the one with the test's
        id) and stops before its first instruction. `modules` names user programs that are loaded
        beside it. The boot before is ended."""
        seed = self._next_seed()
        name = guest or self.test.guest_name
        stage = next(each for each in self.stage.stages if int(each[:2]) == self.test.stage)
        images = self._images(modules, {})
        plan = Plan(self._kernels.with_tests(stage), images, seed,
                    self._modules(images, seed, {}), command_line(name, seed, append), memory_mb,
                    limits)
        return self._started(plan, lambda: KernelBoot(plan, name))

    def boot_programs(self, *names: str, arguments: Optional[Mapping[str, Sequence[int]]] = None,
                      instead: Optional[Mapping[str, str]] = None, memory_mb: int = 128,
                      append: str = "", limits: Limits = Limits(),
                      disk: Optional[bytes] = None) -> ProgramBoot:
        """Starts the graded kernel as it is, with user programs, of which it starts the first;
        without names with the tree's own, and the other files that they need. `arguments` are the
        test programs' numbers, by name. `instead` gives a program another one's name: by
        {"demo": "launcher"} the test program launcher is loaded as "demo", and called so here. It
        has its own NAME.needs then, or without one what the tree's program has.
        `disk` is what is on the machine's disk, which it has then."""
        seed = self._next_seed()
        files = {} if names else with_privileges(self._kernels.files, instead or {})
        images = self._images(names or self.stage.programs, instead or {})
        plan = Plan(self._kernels.plain, images, seed,
                    [*self._modules(images, seed, arguments or {}), *files.items()], append,
                    memory_mb, limits, disk)
        return self._started(plan, lambda: ProgramBoot(plan))

    @property
    def disk_programs(self) -> dict[str, bytes]:
        """The tree's programs that are files, by name: what they are on a disk in /bin."""
        return self._kernels.disk_programs

    def _next_seed(self) -> int:
        self.close()
        return derived_seed(self.seed, len(self._boots))

    def _images(self, names: Sequence[str], instead: Mapping[str, str]) -> dict[str, ProgramImage]:
        """The programs of a boot, by the names that they have in it."""
        if wrong := [name for name in instead if name not in names] + \
                [name for name in names if len(name) > NAME_LONGEST or names.count(name) > 1]:
            raise InfrastructureError(f"{wrong[0]} cannot be a program of this boot")
        return {name: self._kernels.program(instead.get(name, name)) for name in names}

    def _modules(self, images: Mapping[str, ProgramImage], seed: int,
                 arguments: Mapping[str, Sequence[int]]) -> Modules:
        """The programs' files, as this boot has them."""
        if wrong := [name for name in arguments if name not in images]:
            raise InfrastructureError(f"{wrong[0]} cannot be a program of this boot")
        return [(name, patched(image, program_seed(seed, place), arguments.get(name, ())))
                for place, (name, image) in enumerate(images.items())]

    def _started(self, plan: Plan, start: Callable[[], AnyBoot]) -> AnyBoot:
        self._about_to_start(plan)
        boot = start()
        self._boots.append(boot)
        return boot

    def _about_to_start(self, plan: Plan) -> None:
        """For a run that only wants to know."""

    def random(self) -> SplitMix64:
        """Random numbers that go with the run's seed, for choices outside the guest."""
        return SplitMix64(~self.seed)

    def close(self) -> None:
        """Ends every machine of this run."""
        for boot in self._boots:
            boot.close()

    @property
    def last_boot(self) -> int:
        """The newest boot's number, from 0."""
        return max(0, len(self._boots) - 1)

    def unwritten(self) -> list[Unwritten]:
        """The exercises that were called in this run although they are not written."""
        return [gap for boot in self._boots for gap in boot.unwritten]


class Planned(Exception):
    """A boot that is described instead of started."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


class PlanningRun(Run):
    """Really boots what comes before boot number `wanted`, and raises Planned there."""

    def __init__(self, test: Test, stage: StageInfo, kernels: BuiltKernels, seed: int,
                 wanted: int) -> None:
        super().__init__(test, stage, kernels, seed)
        self._wanted = wanted

    def _about_to_start(self, plan: Plan) -> None:
        if len(self._boots) == self._wanted:
            raise Planned(plan)


def plan_boot(test: Test, stage: StageInfo, kernels: BuiltKernels, seed: int,
              wanted: int) -> Optional[Plan]:
    """How a test starts its boot number `wanted`; None when it does not come so far."""
    run = PlanningRun(test, stage, kernels, seed, wanted)
    try:
        test.function(run)
    except Planned as planned:
        return planned.plan
    except (InfrastructureError, OSError):
        raise
    except Exception:  # pylint: disable=broad-exception-caught
        pass                # a boot before has failed, in whatever way
    finally:
        run.close()
    return None


def run_test(test: Test, stage: StageInfo, kernels: BuiltKernels, seed: int) -> Outcome:
    """Runs one test and judges it."""
    start = time.monotonic()
    run = Run(test, stage, kernels, seed)
    try:
        message = _verdict(run)
    finally:
        run.close()
    status = Status.FAILED if message else Status.PASSED
    return Outcome(test, status, message, run.last_boot, time.monotonic() - start)


def _verdict(run: Run) -> str:
    """Why the test failed; empty when it passed. Whatever a test trips over inside the machine, a
    count that the kernel has written over say, is that test's failure and ends no other; trouble
    with the host, which shows as an OSError, is nobody's."""
    message = ""
    try:
        run.test.function(run)
    except Failure as failure:
        message = failure.text()
    except KernelMismatch as mismatch:
        message = str(mismatch)
    except InfrastructureError:
        raise
    except OSError as error:
        raise InfrastructureError(f"the test {run.test.id}: {broken(error)}") from error
    except Exception as error:  # pylint: disable=broad-exception-caught
        message = NO_SENSE + told(error)
    return _with_gaps(message, run)


def _with_gaps(message: str, run: Run) -> str:
    """A verdict with what is known about blank exercises: one of the test's own decides it, another
    one may be the reason of a failure."""
    gaps = {gap.exercise: gap for gap in run.unwritten()}
    own = gaps.pop(run.test.exercise, None)
    if "not written yet" in message:
        return message
    parts = [message] if message else []
    if own:
        parts.insert(0, f'exercise "{own.exercise}" is not written yet: {own.function}() is still '
                        "the stub")
    elif message and gaps:
        parts.append("not written yet, and called in this run: " + listed(
            f'exercise "{gap.exercise}" ({gap.function})' for gap in gaps.values()))
    return "\n".join(parts)
