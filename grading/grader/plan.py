"""How a boot's machine is started, before it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from .image.kernel_image import KernelImage, ProgramImage
from .machine.launch import Modules
from .machine.limits import Limits


@dataclass(frozen=True)
class Plan:
    """Everything that makes a boot the same again."""

    image: KernelImage
    programs: Mapping[str, ProgramImage]    # those that the boot has, by name
    seed: int
    modules: Modules
    command_line: str = ""
    memory_mb: int = 128
    limits: Limits = Limits()
    disk: Optional[bytes] = None    # what the machine's disk holds; None: it has none
