"""Finding routines in NASM files."""

import unittest

import support      # noqa: F401  (puts the kit's packages on the path)
from stagetool import nasmsource
from stagetool.errors import KitError

SOURCE = """\
; The file's comment: not a label
extern panic
section .text

; first: does one thing
first:
    mov rax, 1      ; "second:" in a comment
.again:
    ; a comment within
    dec rax
    jnz .again
    ret
    ; never reached

; second: does another
global second:function
align 16
second: push rbx
    pop rbx
    ret
; third touches second
third:
    ret

%macro gate 1
gate_%1:
    push %1
    jmp fourth
%endmacro

gate 1
fourth:
    lea rdi, [rel .name]
    ret
.name: db "a: b; c", 0
    section .data
table:
    dq 1, 2
last:
    dq 3
    ; its own last words
"""


def routine_text(name: str) -> str:
    routine = nasmsource.find_routine(SOURCE, name)
    return SOURCE[routine.start:routine.end]


class Routines(unittest.TestCase):
    def test_names(self) -> None:
        names = [routine.name for routine in nasmsource.routines(SOURCE)]
        self.assertEqual(names, ["first", "second", "third", "gate_%1", "fourth", "table", "last"])

    def test_local_labels_and_inner_comments_belong_to_the_routine(self) -> None:
        text = routine_text("first")
        self.assertIn(".again:", text)
        self.assertIn("a comment within", text)
        self.assertTrue(text.endswith("    ret\n    ; never reached\n"))

    def test_comment_and_directives_of_the_next_label_do_not(self) -> None:
        self.assertTrue(routine_text("second").endswith("    pop rbx\n    ret\n"))
        self.assertNotIn("second", routine_text("first").replace('"second:"', ""))

    def test_macro_and_section_end_a_routine(self) -> None:
        self.assertEqual(routine_text("third"), "third:\n    ret\n")
        self.assertTrue(routine_text("fourth").endswith('.name: db "a: b; c", 0\n'))

    def test_repetition_around_the_next_label_is_not_part_of_a_routine(self) -> None:
        source = ("a:\n    %rep 2\n    nop\n    %endrep\n\n; stubs\n%assign n 0\n%rep 2\n"
                  "stub_%[n]:\n    jmp a\n%assign n n + 1\n%endrep\n")
        routine = nasmsource.find_routine(source, "a")
        self.assertEqual(source[routine.start:routine.end],
                         "a:\n    %rep 2\n    nop\n    %endrep\n")

    def test_code_on_the_label_line_is_body(self) -> None:
        routine = nasmsource.find_routine(SOURCE, "second")
        self.assertTrue(SOURCE[routine.body_start:].startswith(" push rbx\n"))

    def test_last_routine_reaches_to_the_end(self) -> None:
        self.assertTrue(routine_text("last").endswith("its own last words\n"))

    def test_missing_and_doubled_labels_are_errors(self) -> None:
        with self.assertRaisesRegex(KitError, "panic is no label"):
            nasmsource.find_routine(SOURCE, "panic")
        with self.assertRaisesRegex(KitError, "a is a label twice"):
            nasmsource.find_routine("a:\n ret\na:\n ret\n", "a")

    def test_global_names(self) -> None:
        source = "global a, b:function\n  GLOBAL c ; d\nextern e\n"
        self.assertEqual(nasmsource.global_names(source), {"a", "b", "c"})


if __name__ == "__main__":
    unittest.main()
