"""How the kit's code reads: form, figures, and what may use what."""

import ast
import re
import shlex
import unittest
from pathlib import Path, PurePosixPath
from typing import Iterator

import measures
from kit_files import (all_texts, asm_files, c_files, kernel_files, python_files, shell_files)
from measures import Function
from real_kit import LAYOUT, STAGES, tree_of
from support import ROOT, run, table, work_folder

from stagetool import csource, export
from stagetool.csource import Kind
from stagetool.manifest import Stage
from stagetool.retired import retired_files
from stagetool.tree import SOLVED

# What half, nine tenths and all of the functions must not exceed, in lines; likewise files.
FUNCTION_LINES = {"median": 14, "90 %": 39, "longest": 80}
FILE_LINES = {"median": 149, "longest": 500}
COMMENTS = (0.20, 0.40)
DEEPEST = 4
CONDITIONALS = 5
# Lines of code of each stage's kernel, as cloc counts them.
KERNEL_LINES = {"01-boot": 1340, "02-tasks": 2275, "03-syscalls": 2830, "04-ipc": 3780,
                "05-paging": 4430, "06-capabilities": 4975, "07-vfs": 4995}
COLUMNS = 100

# The floors of kernel/README.md, from the ground up; what is in no folder stands on top.
FLOORS = {"generated": 0, "lib": 0, "abi": 0, "arch": 1, "debug": 2, "mm": 3, "task": 4, "ipc": 5,
          "cap": 6, "object": 6, "syscall": 7}
TOP = 8

# Public names that stand for more than their file: C's own in string.c, and those that are used
# everywhere or that the generated tables name.
WITHOUT_PREFIX = {"panic", "printk", "demo_main", "kernel_main"}
C_LIBRARY = "kernel/lib/string.c"

# What programs are to print, where spaces count.
WITH_SPACE = "tools/shelltest/cases/"

# Places of the machine that this is developed on, and words of how the work on it is organised.
# The brackets keep these lines from finding themselves.
OUTSIDE = re.compile(r"/wor[k]/|/tmp/[a-z0-9]{3,}/|/hom[e]/[\w-]+/|\bhelper-[0-9]|\b[Ii]ssue [0-9]"
                     r"|\b(REQUIREMENT[S]|PLATFOR[M]|STYL[E]|DESIG[N])\.md|(?<![\w/-])share[d]/")


def folder_of(path: str) -> str:
    """The first folder below kernel/, or "" for a file that stands in none."""
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 else ""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.splitlines(), 1)


class Form(unittest.TestCase):
    maxDiff = None

    def test_c_is_as_clang_format_writes_it(self) -> None:
        done = run("clang-format", "--dry-run", "-Werror", *c_files())
        places = re.findall(r"^(.*?:\d+):\d+: error", done.stderr, re.MULTILINE)
        self.assertEqual((sorted(set(places)), done.returncode), ([], 0), done.stderr[-2000:])

    def test_shell_scripts_are_sound(self) -> None:
        done = run("shellcheck", "--external-sources", *shell_files())
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_no_white_space_at_the_end_of_a_line_or_file(self) -> None:
        found = [f"{path}:{number}" for path, text in all_texts().items()
                 if not path.startswith(WITH_SPACE)
                 for number, line in numbered(text) if line != line.rstrip()]
        found += [f"{path}: its end" for path, text in all_texts().items()
                  if text and (not text.endswith("\n") or text.endswith("\n\n"))]
        self.assertEqual(found, [])

    def test_lines_are_not_too_long(self) -> None:
        found = [f"{path}:{number}" for path in c_files() + asm_files() + python_files()
                 for number, line in numbered(all_texts()[path]) if len(line) > COLUMNS]
        self.assertEqual(found, [])

    def test_no_file_names_places_outside_the_kit(self) -> None:
        found = [f"{path}:{number}: {line.strip()}" for path, text in all_texts().items()
                 for number, line in numbered(text) if OUTSIDE.search(line)]
        self.assertEqual(found, [])


class Figures(unittest.TestCase):
    maxDiff = None

    def test_functions_are_short(self) -> None:
        found = measures.function_lengths(c_files() + python_files())
        self.assertEqual(set(found), {"C", "Python"})
        for language, functions in sorted(found.items()):
            lengths = [function.lines for function in functions]
            self.judge(f"functions, {language}", lengths, FUNCTION_LINES)
            self.assertEqual(self.too_long(functions), [])

    def too_long(self, functions: list[Function]) -> list[str]:
        return [f"{each.path}: {each.name}() has {each.lines} lines" for each in functions
                if each.lines > FUNCTION_LINES["longest"]]

    def test_files_are_short(self) -> None:
        for language, paths in (("C", c_files()), ("NASM", asm_files()),
                                ("Python", python_files())):
            lengths = {path: all_texts()[path].count("\n") for path in paths}
            self.judge(f"files, {language}", list(lengths.values()), FILE_LINES)
            self.assertEqual([path for path, lines in lengths.items()
                              if lines > FILE_LINES["longest"]], [])

    def judge(self, what: str, lengths: list[int], limits: dict[str, int]) -> None:
        """Compares median, 90th percentile and longest with their limits, and tabulates them."""
        figures = {"median": measures.percentile(lengths, 0.5),
                   "90 %": measures.percentile(lengths, 0.9), "longest": max(lengths)}
        table("form", [{"of": what, "number": len(lengths)} | figures])
        for name, limit in limits.items():
            self.assertLessEqual(figures[name], limit, f"{what}: {name}")

    def test_a_good_part_of_the_kernel_is_comment(self) -> None:
        share = measures.comment_share("kernel")
        table("comments", [{"in": "kernel/", "share of the lines": f"{share:.0%}"}])
        self.assertGreaterEqual(share, COMMENTS[0])
        self.assertLessEqual(share, COMMENTS[1])

    def test_the_kernel_does_not_grow_unseen(self) -> None:
        for stage in STAGES:
            lines = measures.count_lines(str(self.own_kernel(stage)))["code"]
            most = KERNEL_LINES[stage.name]
            table("the kernel's size", [{"stage": stage.name, "lines of code": lines,
                                         "at most": most}])
            self.assertLessEqual(lines, most, stage.name)

    def own_kernel(self, stage: Stage) -> Path:
        """A stage's kernel, without what is generated or not built."""
        folder = work_folder("kernel")
        retired = retired_files(LAYOUT.kit.up_to(stage))
        for path, file in tree_of(stage, SOLVED).files.items():
            if path.startswith("kernel/") and "/generated/" not in path and path not in retired:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(file.data)
        return folder

    def test_functions_do_not_nest_deeply(self) -> None:
        found = {(path, function.name): measures.nesting(all_texts()[path], function)
                 for path in c_files() for function in csource.functions(all_texts()[path])}
        self.judge("levels of braces, C", list(found.values()), {})
        self.assertEqual([name for name, depth in found.items() if depth > DEEPEST], [])

    def test_the_kernel_is_hardly_ever_conditional(self) -> None:
        found = [f"{path}: {token.text}" for path in kernel_files()
                 for token in csource.tokens(all_texts()[path])
                 if token.kind is Kind.DIRECTIVE and re.match(r"\s*#\s*if", token.text)
                 and not re.match(r"\s*#\s*ifndef \w+_H$", token.text)]
        self.assertLessEqual(len(found), CONDITIONALS, found)
        self.assertEqual([each for each in found if re.search("STAGE|VERSION", each)], [])


class Kernel(unittest.TestCase):
    """The kernel's parts: what they are called, and what they use."""

    maxDiff = None

    def test_every_file_opens_with_what_it_is_about(self) -> None:
        found = [path for path in c_files() if not all_texts()[path].startswith("/**\n * @file\n")]
        found += [path for path in asm_files() if not all_texts()[path].startswith("; ")]
        self.assertEqual(found, [])

    def test_every_public_function_is_documented_where_it_is_defined(self) -> None:
        found = [f"{path}: {function.name}()" for path, function in self.public_functions()
                 if not measures.comment_above(all_texts()[path], function).startswith("/**")]
        self.assertEqual(found, [])

    def test_the_name_of_a_public_function_says_where_it_belongs(self) -> None:
        found = [f"{path}: {function.name}()" for path, function in self.public_functions()
                 if path != C_LIBRARY and function.name not in WITHOUT_PREFIX
                 and not function.name.startswith(tuple(self.prefixes(path, function.name)))]
        self.assertEqual(found, [])

    def public_functions(self) -> Iterator[tuple[str, csource.Function]]:
        for path in kernel_files():
            for function in csource.functions(all_texts()[path]):
                if not function.is_static:
                    yield path, function

    def prefixes(self, path: str, name: str) -> list[str]:
        """The folder's name, and the first words of the file's and its header's, of one or many."""
        headers = [other for other in kernel_files() if other.endswith(".h")
                   and re.search(rf"\b{name}\(", all_texts()[other])]
        stems = [PurePosixPath(each).stem.split("_")[0] for each in (path, *headers)]
        words = [*stems, PurePosixPath(path).parent.name]
        return [f"{each}_" for word in words for each in (word, word.removesuffix("s"))]

    def test_each_floor_uses_only_what_lies_below(self) -> None:
        found = [f"{path} includes {used}" for path in kernel_files()
                 for used in re.findall(r'^#include "(.*)"', all_texts()[path], re.MULTILINE)
                 if self.is_above(path, used) or self.is_private(path, used)]
        self.assertEqual(found, [])

    def is_above(self, path: str, used: str) -> bool:
        """Every file is included by its path from kernel/ on."""
        return FLOORS.get(folder_of(f"kernel/{used}"), TOP) > FLOORS.get(folder_of(path), TOP)

    def is_private(self, path: str, used: str) -> bool:
        """Nothing but arch/ knows the CPU."""
        return used.startswith("arch/x86_64/") and not path.startswith("kernel/arch/")

    def test_each_header_compiles_alone(self) -> None:
        tree = work_folder("headers") / "tree"
        export.export(tree_of(STAGES[-1], SOLVED), tree)
        headers = sorted({path.relative_to(tree).as_posix() for path in tree.rglob("*.h")}
                         - set(retired_files(STAGES)))
        self.compile_alone(tree, [path for path in headers if not self.OF_PROGRAMS.match(path)],
                           "compile.flags")
        self.compile_alone(tree, list(filter(self.OF_PROGRAMS.match, headers)),
                           "user.compile.flags")

    # Headers that user programs are compiled with.
    OF_PROGRAMS = re.compile(r"(user|servers|drivers)/|grading/guest/(program|[^/]+/programs)/")

    def compile_alone(self, tree: Path, headers: list[str], flags: str) -> None:
        sources = [f"alone_{number}.c" for number in range(len(headers))]
        for source, header in zip(sources, headers):
            (tree / source).write_text(f'#include "{header}"\n', encoding="utf-8")
        done = run(*self.compiler(tree, flags), "-I.", "-Werror", "-fsyntax-only", *sources,
                   cwd=tree)
        self.assertEqual(done.returncode, 0, done.stderr)

    def compiler(self, tree: Path, flags: str) -> list[str]:
        """The compiler with all flags that the tree's Makefile gives it, by the file of them."""
        guests = " ".join(map(str, sorted((tree / "grading/guest").iterdir())))
        programs = " ".join(map(str, sorted((tree / "grading/guest").glob("*/programs"))))
        done = run("make", "CC=gcc", f"GUEST={guests}", f"GUEST_PROGRAMS={programs}",
                   f"build/{flags}", cwd=tree)
        self.assertEqual(done.returncode, 0, done.stderr)
        words = shlex.split((tree / "build" / flags).read_text(encoding="utf-8"))
        return words[:words.index("nasm")]


class Programs(unittest.TestCase):
    """User programs: what they use of each other and of the kernel."""

    FOLDERS = ("user", "servers", "drivers")
    # Of the kernel; the list of calls is a part of its abi/call.h.
    OF_THE_KERNEL = re.compile(r"abi/\w+\.h|generated/(?:calls|version)\.h")
    # Of another program: its protocol, or what the small ones in bin/ agree on.
    OF_OTHERS = re.compile(r"\w+/(?:\w+_)?proto\.h|bin/\w+\.[ch]")
    LIBRARIES = ("user/lib", "user/libc")

    def test_they_use_the_library_and_what_is_meant_for_others(self) -> None:
        places = {self.place(path) for path in c_files()}
        found = [f"{path} includes {used}" for path in c_files()
                 if self.place(path).startswith(self.FOLDERS)
                 for used in re.findall(r'^#include "(.*)"', all_texts()[path], re.MULTILINE)
                 if not self.may_use(self.place(path), used, places)]
        self.assertEqual(found, [])

    def place(self, path: str) -> str:
        """A file's place in a tree: a variant stands under its stage."""
        return re.sub(r"^stages/[^/]+/", "", path)

    def may_use(self, path: str, used: str, places: set[str]) -> bool:
        if self.OF_THE_KERNEL.fullmatch(used):
            return True
        folder, program, *_ = path.split("/")
        allowed = {f"{place}/{used}" for place in (*self.LIBRARIES, path.rpartition("/")[0])}
        if used.startswith(f"{program}/"):
            allowed.add(f"{folder}/{used}")     # its own, by the program's name
        if self.OF_OTHERS.fullmatch(used):
            allowed |= {f"{folder}/{used}" for folder in self.FOLDERS}
        return not allowed.isdisjoint(places)


class Python(unittest.TestCase):
    """The kit's Python. A file that does not compile fails all of these by name."""

    maxDiff = None

    def modules(self) -> Iterator[tuple[str, ast.Module]]:
        for path in python_files():
            yield path, ast.parse(all_texts()[path], filename=path)

    def test_no_tabs(self) -> None:
        self.assertEqual([path for path in python_files() if "\t" in all_texts()[path]], [])

    def test_every_module_says_what_it_is(self) -> None:
        found = [path for path, module in self.modules()
                 if module.body and not ast.get_docstring(module)]
        self.assertEqual(found, [])

    def test_every_function_tells_its_types(self) -> None:
        found = [f"{path}:{node.lineno}: {node.name}(): {lacking}"
                 for path, module in self.modules() for node in ast.walk(module)
                 if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                 for lacking in self.without_type(node)]
        self.assertEqual(found, [])

    def without_type(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
        taken = function.args
        named = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs]
        named += [each for each in (taken.vararg, taken.kwarg) if each]
        lacking = [each.arg for each in named
                   if each.annotation is None and each.arg not in ("self", "cls")]
        return lacking + ([] if function.returns else ["what it returns"])


class EveryFileIsRead(unittest.TestCase):
    def test_the_lists_of_files_are_whole(self) -> None:
        """A check of nothing would pass: each kind of file has to be there."""
        for found in (c_files(), asm_files(), python_files(), shell_files(), kernel_files()):
            self.assertTrue(found)
        self.assertTrue((ROOT / ".clang-format").is_file())


if __name__ == "__main__":
    unittest.main()
