"""Solutions out, stubs in.

A stub compiles without a warning, names its exercise on the debug port when it is called, and
gives the answer that means failure; the kernel goes on as far as it can. The exercise's doc
comment stays: it is the exercise's specification. A routine of assembly stops the machine; one
that has a `stub` goes on with it, and may find RCX, R11 and the flags changed. The same exercise
has the same stub, byte for byte, in the trees of all later labs: that is why a student's work
merges with them.
"""

import textwrap

from . import csource, nasmsource
from .errors import KitError
from .exercises import Exercise

INDENT = "    "
WIDTH = 100


def blank(text: str, exercise: Exercise) -> str:
    """The source text with the exercise's solution replaced by its stub."""
    make = blank_c if exercise.language == "c" else blank_nasm
    try:
        return make(text, exercise)
    except KitError as error:
        raise KitError(f"exercise {exercise.id}: {exercise.file}: {error}") from error


def blank_c(text: str, exercise: Exercise) -> str:
    function = csource.find_function(text, exercise.function)
    if exercise.stub is None and not function.returns_nothing:
        raise KitError(f"{function.name}() returns {function.return_type}, "
                       "so the exercise has to say what its stub returns (stub = \"...\")")
    lines = comment_lines(instruction(exercise, "function"))
    lines += [f"(void){name};" for name in function.parameters]
    lines.append(f'exercise_unwritten("{exercise.id}", __func__);')
    lines += (exercise.stub or "").strip().splitlines()
    return text[:function.body_start] + "{\n" + indented(lines) + "}" + text[function.end:]


def blank_nasm(text: str, exercise: Exercise) -> str:
    routine = nasmsource.find_routine(text, exercise.function)
    lines = wrapped(instruction(exercise, "routine"), "; ")
    if exercise.stub is None:
        lines += ["extern exercise_unwritten_stop, kernel_stack_end",
                  "lea rsp, [rel kernel_stack_end - 8]",  # the stack may be a program's
                  "mov rdi, .unwritten_name",
                  "jmp exercise_unwritten_stop"]
    else:
        lines += ["extern exercise_unwritten_note",
                  "mov rcx, .unwritten_name",
                  "lea r11, [rel .unwritten_noted]",
                  "jmp exercise_unwritten_note"]
    body = "\n" + indented(lines)
    body += f'.unwritten_name: db "{exercise.id} ({exercise.function})", 0\n'
    if exercise.stub is not None:
        body += ".unwritten_noted:\n" + indented(exercise.stub.strip().splitlines())
    return text[:routine.body_start] + body + text[routine.end:]


def indented(lines: list[str]) -> str:
    return "".join(f"{INDENT}{line}".rstrip() + "\n" for line in lines)


def instruction(exercise: Exercise, what: str) -> str:
    return (f'Lab {exercise.stage_number:02d}, exercise "{exercise.id}": '
            f"the comment above says what this {what} has to do.")


def comment_lines(sentence: str) -> list[str]:
    """A C comment, on one line when it fits."""
    if len(INDENT) + len(sentence) + len("/*  */") <= WIDTH:
        return [f"/* {sentence} */"]
    return ["/*"] + wrapped(sentence, " * ") + [" */"]


def wrapped(sentence: str, prefix: str) -> list[str]:
    return textwrap.wrap(sentence, WIDTH - len(INDENT), initial_indent=prefix,
                         subsequent_indent=prefix, break_on_hyphens=False)
