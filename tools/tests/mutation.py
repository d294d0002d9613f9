"""Mutations: mistakes that are put into a source on purpose, and that tests have to find. So the
tests have teeth."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Iterator, Sequence, TypeVar

Finder = TypeVar("Finder")


@dataclass(frozen=True)
class Mutation(Generic[Finder]):
    """A mistake that is made by replacing one piece of a file."""

    name: str
    finder: Finder      # what has to find it: a test, a suite or a check
    file: str
    right: str          # stands in the file once
    wrong: str

    def mutated(self, folder: Path) -> str:
        """What the file says with the mistake; its path begins in `folder`."""
        text = (folder / self.file).read_text(encoding="utf-8")
        if text.count(self.right) != 1:
            raise AssertionError(f"{self.name}: {self.file} has changed")
        return text.replace(self.right, self.wrong)

    @contextlib.contextmanager
    def made(self, folder: Path) -> Iterator[None]:
        """The file has the mistake as long as this lasts."""
        file, wrong = folder / self.file, self.mutated(folder)
        right = file.read_text(encoding="utf-8")
        file.write_text(wrong, encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(right, encoding="utf-8")


class Teeth:
    """The test that each mutation is found; a class of it is a unittest.TestCase as well, and says
    what that means in expect_found()."""

    mutations: Sequence[Mutation]

    def test_mistakes_are_found(self) -> None:
        for mutation in self.mutations:
            with self.subTest(mutation.name):
                self.expect_found(mutation)
