"""What the frame allocator was asked (guest/02-tasks/frame_steps.c), and what it should do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Optional

from grader.expect import Failure, expect_equal
from grader.image.views import EnumValue
from grader.machine.paging import PAGE
from grader.snapshot import Snapshot
from .frames_model import FrameMap, frames_of, run_mask
from .history import steps

# Of 16 MB, without the firmware's tables, up to where a word of the bitmap ends (frame_steps.c).
MACHINE_FRAMES = ((16 << 20) - 0x20000) // PAGE // 64 * 64

# Steps of the tests in guest/02-tasks/frame_take.c and frame_release.c.
TAKE_STEPS, EXHAUSTION_STEPS, RELEASE_STEPS, REFUSAL_STEPS = 203, 41, 193, 116

NONE, NO_MEMORY = "ERROR_NONE", "ERROR_NO_MEMORY"
INVALID, NOT_ALLOCATED = "ERROR_INVALID_ARGUMENT", "ERROR_NOT_ALLOCATED"

# why a release is to be refused -> (the error, the reason in words)
REFUSALS = {
    "GUEST_ZERO_COUNT": (INVALID, "the count is 0"),
    "GUEST_UNALIGNED": (INVALID, "the address is no multiple of 4096"),
    "GUEST_TWICE": (NOT_ALLOCATED, "these frames were given back a moment ago"),
    "GUEST_HALF_FREE": (NOT_ALLOCATED, "one frame of the run is free already"),
    "GUEST_IMAGE": (INVALID, "these frames hold the kernel's image"),
    "GUEST_LOW_MEMORY": (INVALID, "the first megabyte is the firmware's"),
    "GUEST_BITMAP": (INVALID, "this frame holds the bitmap"),
    "GUEST_HOLE": (INVALID, "these frames lie between two ranges of memory_free"),
    "GUEST_INTO_HOLE": (INVALID, "the run's last frame is not in memory_free"),
    "GUEST_OVER_HOLE": (INVALID, "the run goes over a gap between two ranges of memory_free"),
    "GUEST_PAST_END": (INVALID, "this is past the end of memory"),
    "GUEST_ACROSS_END": (INVALID, "the run goes over the end of memory"),
    "GUEST_OVERFLOW": (INVALID, "so many frames are more than there is memory"),
}


@dataclass(frozen=True)
class Answer:
    """What a step should lead to."""

    error: str
    first: int = 0      # frame, where a run is handed out
    reason: str = ""


def judge_frames(snapshot: Snapshot) -> str:
    """Goes through the history step by step; see history.Judge."""
    kernel = snapshot.kernel
    frames = _empty(snapshot)
    history = list(steps(kernel.guest_frames_steps, kernel.guest_frames_step_count))
    _judge_steps(history, frames)
    return _unfinished(history[-1]) if history and not history[-1].finished else ""


def judge_exhaustion(snapshot: Snapshot) -> str:
    """As judge_frames; before the second preparation in it all frames were taken one by one."""
    kernel = snapshot.kernel
    history = list(steps(kernel.guest_frames_steps, kernel.guest_frames_step_count))
    prepared = [index for index, step in enumerate(history) if step.kind.name == "GUEST_PREPARED"]
    taken = list(steps(kernel.guest_frames_singles, kernel.guest_frames_single_count))
    frames = _judge_steps(history[:prepared[1]] if prepared[1:] else history, _empty(snapshot))
    if taken or prepared[1:]:
        _singles(taken, frames, complete=bool(prepared[1:]))
    return judge_frames(snapshot)


def _judge_steps(history: list[Any], frames: FrameMap) -> FrameMap:
    """Judges steps that are all finished."""
    for step in history:
        if step.kind.name == "GUEST_PREPARED":
            frames.free = _bits(step)
        elif step.finished:
            _step(step, frames)
    return frames


def _empty(snapshot: Snapshot) -> FrameMap:
    """No frame free, as many as the test's machine has."""
    if steps_made(snapshot):
        expect_equal("frames.limit, the number of frames up to the end of memory,",
                     snapshot.kernel.frames.limit, MACHINE_FRAMES)
    return FrameMap(0, MACHINE_FRAMES)


def steps_made(snapshot: Snapshot) -> int:
    """As the test has counted them."""
    return snapshot.kernel.guest_frames_step_count


def _singles(addresses: list[int], frames: FrameMap, complete: bool) -> None:
    """Every free frame once, and no other; all of them, when the test came to the end of it."""
    what = "frame_take_run(count 1, alignment 1), called until it refuses"
    for address, times in Counter(addresses).items():
        frame = address // PAGE
        if address % PAGE or frame >= frames.limit or not frames.free >> frame & 1:
            raise Failure(f"{what}: handed out what is not free", expected="free frames only",
                          got=f"address {address:#x}, {_place(frame, frames)}")
        if times > 1:
            raise Failure(f"{what}: handed out a frame more than once", expected="each frame once",
                          got=f"frame {frame} (address {address:#x}) {times} times")
    left = frames.free & ~sum(1 << address // PAGE for address in set(addresses))
    if left and complete:
        frame = next(iter(frames_of(left)))
        raise Failure(f"{what}: refused while there were free frames",
                      expected=f"all {frames.free.bit_count()} free frames, one after the other",
                      got=f"{len(addresses)}; among those left is frame {frame} of "
                          f"0 to {frames.limit - 1}")


def _step(step: Any, frames: FrameMap) -> None:
    """Judges one call and lets the model follow."""
    answer = _take(step, frames) if step.kind.name == "GUEST_TAKE" else _release(step, frames)
    _judge_answer(step, answer, frames)
    before = frames.free
    if answer.error == NONE and step.kind.name == "GUEST_TAKE":
        frames.take(answer.first, step.count)
    elif answer.error == NONE:
        frames.release(answer.first, step.count)
    _judge_state(step, answer, frames, before)


def _take(step: Any, frames: FrameMap) -> Answer:
    """What frame_take_run should answer."""
    if reason := _invalid(step):
        return Answer(INVALID, reason=reason)
    first = frames.lowest_run(step.count, step.alignment)
    if first is None:
        return Answer(NO_MEMORY, reason="no free run is long enough")
    return Answer(NONE, first, "the lowest free run that fits")


def _invalid(step: Any) -> str:
    """Why frame_take_run should refuse, whatever is free."""
    if step.count == 0:
        return "the count is 0"
    return "the alignment is no power of two" if step.alignment.bit_count() != 1 else ""


def _release(step: Any, frames: FrameMap) -> Answer:
    """What frame_release_run should answer."""
    error, reason = REFUSALS.get(step.why.name, (NONE, "all of them are in use"))
    return Answer(error, step.address // PAGE, reason)


def _judge_answer(step: Any, answer: Answer, frames: FrameMap) -> None:
    """The error, and where a run was handed out."""
    handed_out = step.kind.name == "GUEST_TAKE" and answer.error == NONE
    where = _run(answer.first, step.count) if handed_out else ""
    if step.error.name != answer.error:
        raise Failure(f"{_call(step)} gave the wrong answer",
                      expected=f"{answer.error}{f', {where}' if where else ''}: {answer.reason}",
                      got=_name(step.error), around=_pictures(step, answer, frames))
    if handed_out and step.address != answer.first * PAGE:
        raise Failure(f"{_call(step)} gave the wrong frames",
                      expected=f"{where}: {answer.reason}", got=_wrong_run(step, frames),
                      around=_pictures(step, answer, frames))


def _judge_state(step: Any, answer: Answer, frames: FrameMap, before: int) -> None:
    """The bitmap and the counter after a call."""
    verb = "handed out" if step.kind.name == "GUEST_TAKE" else "took back"
    did = f"{verb} {_run(answer.first, step.count)}" if answer.error == NONE else \
        f"refused ({answer.error})"
    if wrong := _bits(step) ^ frames.free:
        frame = next(iter(frames_of(wrong)))
        now = "free" if frames.free >> frame & 1 else "not free"
        more = f", and {wrong.bit_count() - 1} frames more" if wrong.bit_count() > 1 else ""
        raise Failure(f"{_call(step)} {did}, and then the bitmap is wrong",
                      expected=f"frame {frame} {now}"
                               + (", as it was" if not (before ^ frames.free) >> frame & 1 else ""),
                      got=f"{'not free' if now == 'free' else 'free'}{more}")
    count = frames.free.bit_count()
    if step.free_count != count:
        raise Failure(f"{_call(step)} {did}, and then frames.free_count is wrong",
                      expected=f"{count}, the number of set bits (before: {before.bit_count()})",
                      got=str(step.free_count))


def _call(step: Any) -> str:
    if step.kind.name == "GUEST_TAKE":
        return f"frame_take_run(count {_number(step.count)}, alignment {_number(step.alignment)})"
    return f"frame_release_run(address {step.address:#x}, count {_number(step.count)})"


def _unfinished(step: Any) -> str:
    """The call, and for what reason it was to be refused, if it was."""
    if step.kind.name == "GUEST_TAKE":
        reason = _invalid(step)
    else:
        reason = REFUSALS.get(step.why.name, ("", ""))[1]
    return f"{_call(step)}{f', to be refused since {reason},' if reason else ''}"


def _number(value: int) -> str:
    return str(value) if value < 1 << 20 else f"{value:#x}"


def _name(error: EnumValue) -> str:
    return error.name if error.name.startswith("ERROR_") else f"{int(error)}, which is no error"


def _run(first: int, count: int) -> str:
    """`frames 5 to 7 (address 0x5000)`."""
    which = f"frame {first}" if count == 1 else f"frames {first} to {first + count - 1}"
    return f"{which} (address {first * PAGE:#x})"


def _wrong_run(step: Any, frames: FrameMap) -> str:
    """What was handed out, and what is wrong with it."""
    first = step.address // PAGE
    if step.address % PAGE:
        return f"address {step.address:#x}, which is no multiple of 4096"
    which = _run(first, step.count)
    if first % step.alignment:
        return f"{which}: {first} is no multiple of {step.alignment}"
    run = run_mask(first, step.count) if first < frames.limit else 0
    if taken := run & ~frames.free:
        return f"{which}, but {_place(next(iter(frames_of(taken))), frames)}"
    return f"{which}: it is free, but there is a lower one" if run else \
        f"{which}, but {_place(first, frames)}"


def _place(frame: int, frames: FrameMap) -> str:
    if frame >= frames.limit:
        return f"frame {frame} is past the last one, {frames.limit - 1}"
    return f"frame {frame} is not free"


def _pictures(step: Any, answer: Answer, frames: FrameMap) -> list[str]:
    """The bitmap before the call, where it matters."""
    place: Optional[int] = answer.first if answer.first < frames.limit else None
    if place is None or answer.error in (INVALID, NO_MEMORY):
        return []
    return ["before the call:", frames.picture(place)]


def _bits(step: Any) -> int:
    return int.from_bytes(step.bitmap.raw(), "little")
