"""A kit small enough to see through: two stages, a file each, one variant, four exercises. A third
stage, with user programs, can be had besides."""

from pathlib import Path

from support import work_folder, write_files

from stagetool.layout import Layout
from stagetool.manifest import Kit
from stagetool.tree import SOLVED, Tree, build_tree

COUNT_C = '''\
#include "count.h"

static int calls;

/** Counts up by `step`, and says how far it is. */
int count_up(int step, const char *why)
{
    (void)why;
    calls += step;
    return calls;
}

/** Starts again. */
void count_reset(void)
{
    calls = 0; /* a } in a comment */
}
'''

SWITCH_ASM = '''\
section .text

; switch_to: leaves for the context in rdi.
global switch_to
switch_to:
    mov rsp, rdi
.pop:
    pop rax
    ret

; switch_back: comes back.
global switch_back
switch_back:
    ret
'''

FILES = {
    "LICENSE": "none\n",
    "tools/tree/Makefile": "all:\n",
    "tools/tree/gitignore": "build/\n",
    "tools/tree/starter/kernel/exercise.h": "void exercise_unwritten(const char *id);\n",
    "tools/run.py": "#!/usr/bin/python3\n",
    "tools/__pycache__/run.pyc": "junk",
    "kernel/main.c": "void kernel_main(void)\n{\n}\n",
    "kernel/count.c": COUNT_C,
    "kernel/lib/text.c": "int text;\n",
    "kernel/lib/queue.c": "int queue;\n",
    "kernel/switch.asm": SWITCH_ASM,
    "kernel/demo.c": "/* finished */\n",
    "grading/tests/stage01.py": "# one\n",
    "grading/tests/stage02.py": "# two\n",
    "grading/guest/02-beta/guest.c": "int guest;\n",
    "docs/01-alpha.md": "first\n",
    "docs/02-beta/page.md": "second\n",
    "labs/01-alpha/handout.md": "# One {#exercise-1-count}\n",
    "labs/02-beta/handout.md": "# Two\n",
    "stages/01-alpha/kernel/demo.c": "/* early */\n",
    "stages/01-alpha/manifest.toml": '''
version = "0.1"
title = "Alpha"
summary = "The first."
files = ["LICENSE", "tools/tree/Makefile", "tools/tree/gitignore", "tools/run.py",
         "kernel/main.c", "kernel/count.c", "kernel/lib/text.c"]
init = ["uart_init", "memory_init"]
start = "demo_main"
sees = ["hello"]
''',
    "stages/02-beta/manifest.toml": '''
version = "0.2"
title = "Beta"
summary = "The second."
files = ["kernel/demo.c", "kernel/switch.asm", "kernel/lib/queue.c"]
leaves = ["docs/01-alpha.md"]
init = ["timer_init", {name = "early_init", before = "memory_init"}]
''',
    "labs/01-alpha/exercises.toml": '''
[[exercise]]
id = "count"
title = "Counting"
file = "kernel/count.c"
function = "count_up"
points = 10
section = "exercise-1-count"
stub = "return -1;"

[[exercise]]
id = "reset"
title = "Starting again"
file = "kernel/count.c"
function = "count_reset"
points = 5
section = "exercise-2-reset"
''',
    "labs/02-beta/exercises.toml": '''
[[exercise]]
id = "switch"
title = "Leaving"
file = "kernel/switch.asm"
function = "switch_to"
points = 20
section = "exercise-1-switch"
''',
    "solutions/01-alpha/wrong/count--off-by-one.c": '''\
/*
 * exercise: count
 * test: count-steps
 * says: expected 3, .* 2
 * mistake: Counts one too few: the usual
 *          off by one.
 */
static int one_less(int step)
{
    return step - 1;
}

int count_up(int step, const char *why)
{
    (void)why;
    return calls += one_less(step);
}
''',
    "solutions/02-beta/wrong/switch--forgets-pop.asm": '''\
; exercise: switch
; test: switch-there
; says: rax
; mistake: The saved register
;   stays on the stack.
switch_to:
    mov rsp, rdi
    ret
''',
}

START_ASM = """\
global _start
extern main, task_exit
section .text
bits 64
_start:
    call main
    mov edi, eax
    jmp task_exit
section .note.GNU-stack noalloc noexec nowrite progbits
"""

# What the third stage adds: system calls and three programs, in each of the forms there are.
PROGRAM_STAGE = {
    "user/lib/start.asm": START_ASM,
    "user/lib/task.h": "void task_exit(int status);\n",
    "user/lib/length.c": "int length(const char *text);\n"
                         "int length(const char *text)\n{\n    return text[0] != 0;\n}\n",
    "user/init/main.c": '#include "task.h"\n\nint length(const char *text);\n'
                        "int main(void);\nint counter = 1;\nint zero[3000];\n"
                        'int main(void)\n{\n    return zero[counter] + length("text");\n}\n',
    "user/bin/hello.c": '#include "names/proto.h"\n\nint main(void);\n'
                        "int main(void)\n{\n    return NAMES_LABEL;\n}\n",
    "servers/names/main.c": "int main(void);\nint answer(void);\n"
                            "int main(void)\n{\n    return answer();\n}\n",
    "servers/names/table/answer.c": "int answer(void);\n"
                                    "int answer(void)\n{\n    return 42;\n}\n",
    "servers/names/proto.h": "#define NAMES_LABEL 7\n",
    "stages/03-gamma/manifest.toml": '''
version = "0.3"
title = "Gamma"
summary = "The third."
files = ["user/lib/start.asm", "user/lib/task.h", "user/lib/length.c", "user/init/main.c",
         "user/bin/hello.c", "servers/names/main.c", "servers/names/table/answer.c",
         "servers/names/proto.h"]
programs = ["init", "hello", "names"]
program_base = 0x10000000
program_spacing = 0x100000
calls = {task_exit = 0, task_sleep = 2}
message_calls = {ipc_call = 4}
''',
}


def make_kit(**changes: str | None) -> Path:
    """The kit in a folder of its own. `changes`: path to new text, or to None for no such file."""
    folder = work_folder("kit")
    files = FILES | changes
    write_files(folder, {path: text for path, text in files.items() if text is not None})
    (folder / "tools/run.py").chmod(0o755)
    return folder


def layout_of(folder: Path) -> Layout:
    return Layout.of(Kit.load(folder))


def tree_of(folder: Path, stage: str, kind: str = SOLVED) -> Tree:
    layout = layout_of(folder)
    return build_tree(layout, layout.kit.stage(stage), kind)


def with_line(path: str, old: str, new: str) -> dict[str, str]:
    """A change for make_kit: in one file, one text instead of another."""
    text = (FILES | PROGRAM_STAGE)[path]
    assert text.count(old) == 1, (path, old)
    return {path: text.replace(old, new)}
