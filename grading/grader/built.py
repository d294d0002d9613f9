"""What a build has made: the graded kernel with each stage's test programs in it, and the kernel
as it is, with user programs beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .errors import InfrastructureError
from .image.kernel_image import KernelImage, ProgramImage, module_files, program_images
from .submission.targets import PLAIN, Target

DISK_PROGRAMS = "disk/bin"      # in a build folder


@dataclass
class BuiltKernels:
    """Kernels by the name of what they were built as."""

    images: dict[str, KernelImage] = field(default_factory=dict)
    programs: dict[str, ProgramImage] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)   # modules that are no programs
    disk_programs: dict[str, bytes] = field(default_factory=dict)   # programs in files, by name

    def add(self, target: Target, folder: Path) -> None:
        """Takes over a build folder."""
        self.images[target.name] = KernelImage(folder)
        if target.name == PLAIN:
            self.programs, self.files = program_images(folder), module_files(folder)
            self.disk_programs = {path.name: path.read_bytes()
                                  for path in sorted((folder / DISK_PROGRAMS).glob("*"))}

    def with_tests(self, stage: str) -> KernelImage:
        """The kernel with the test programs of a stage inside."""
        if stage not in self.images:
            raise InfrastructureError(f"grading/guest/{stage} has no test programs for the kernel")
        return self.images[stage]

    @property
    def plain(self) -> KernelImage:
        """The kernel as it is, for user programs."""
        if PLAIN not in self.images:
            raise InfrastructureError("this tree has no user programs")
        return self.images[PLAIN]

    def program(self, name: str) -> ProgramImage:
        """A user program: the grader's, or the tree's own."""
        if name not in self.programs:
            raise InfrastructureError(f"there is no user program {name}")
        return self.programs[name]
