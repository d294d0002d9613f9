"""What a page may name: the files, words, types, commands and tests that a tree or the kit has."""

import re
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import PurePosixPath

SOURCES = (".c", ".h", ".asm", ".py", ".ld", ".toml", ".json")
COMMENT = {".c": r"/\*.*?\*/|//[^\n]*", ".asm": r";[^\n]*"}
MAKEFILES = ("Makefile", "tools/tree/Makefile", "user/bench.mk", "user/build.mk",
             "user/disk_image.mk")
GDB_COMMANDS = "tools/gdb/commands/"


@dataclass(frozen=True, eq=False)
class Names:
    """All that the files of a tree (path to text) give names to."""

    files: dict[str, str]

    @cached_property
    def words(self) -> set[str]:
        """Every word of the sources outside of their comments."""
        return {word for path, text in self.files.items()
                if path.endswith((*SOURCES, ".mk")) or PurePosixPath(path).name == "Makefile"
                for word in re.findall(r"\w+", bare(path, text))}

    @cached_property
    def quoted(self) -> set[str]:
        """The strings in Python sources that look like a file's name."""
        return {word for path, text in self.files.items() if path.endswith(".py")
                for word in re.findall(r'"([\w-]+\.\w+)"', text)}

    @cached_property
    def types(self) -> set[str]:
        """`struct x` and `enum x` for all that are defined."""
        return {" ".join(found) for path, text in self.files.items() if path.endswith((".c", ".h"))
                for found in re.findall(r"\b(struct|enum|union)\s+(\w+)\s*\{", text)}

    @cached_property
    def folders(self) -> set[str]:
        return {f"{parent}" for path in self.files for parent in PurePosixPath(path).parents}

    @cached_property
    def targets(self) -> set[str]:
        """What can be made: the commands that `make help` prints, and itself."""
        return {"help"} | {name for text in self.makefiles
                           for name in re.findall(r"^#: make ([a-z]\w*)", text, re.MULTILINE)}

    @cached_property
    def variables(self) -> set[str]:
        """What can be given to make: variables that a Makefile reads."""
        return {name for text in self.makefiles for name in re.findall(r"\$\((\w+)", text)}

    @property
    def makefiles(self) -> list[str]:
        return [self.files[path] for path in MAKEFILES if path in self.files]

    @cached_property
    def tests(self) -> set[str]:
        """The ids of the grader's tests."""
        return {name for path, text in self.files.items() if path.startswith("grading/tests/")
                for name in re.findall(r'@test\(\s*id="([\w-]+)"', text)}

    @cached_property
    def gdb_commands(self) -> set[str]:
        return {name for path, text in self.files.items() if path.startswith(GDB_COMMANDS)
                for name in re.findall(r'^    name = "(\w+)"', text, re.MULTILINE)}

    def has_file(self, name: str, page: str) -> bool:
        """Is there such a file or folder?

        It may be named by its path from the root, from kernel/ or grading/ or from the page's
        folder on, or by the last parts of its path; NN, NAME and name stand for anything. What
        the tools write has a name that stands in quotes in them.
        """
        wanted = placeholders(name.rstrip("/")).removesuffix("/[0-9][0-9]-*")
        if name in self.quoted:
            return True
        beside = f"{PurePosixPath(page).parent}/{wanted}"
        return any(fnmatch(path, form) for path in (*self.files, *self.folders)
                   for form in (wanted, beside, f"*/{wanted}"))


def bare(path: str, text: str) -> str:
    """A source's text without its comments."""
    ending = PurePosixPath(path).suffix.replace(".h", ".c")
    return re.sub(COMMENT[ending], " ", text, flags=re.DOTALL) if ending in COMMENT else text


def placeholders(name: str) -> str:
    """A path as a pattern: NN is a number; `name`, `*` and words in capitals are anything."""
    name = re.sub(r"\bname\b|\b(?!README|LICENSE)[A-Z]{3,}\b", "*", name)
    return name.replace("NN", "[0-9][0-9]")
