"""Who is to blame when something goes wrong: the machinery, or the kernel that is graded."""


class InfrastructureError(Exception):
    """Something that the grader needs is missing or broken; the message is one clear line.
    It must never look like a student's failure."""


class MachineLost(InfrastructureError):
    """QEMU ended, or no longer answers."""


class KernelMismatch(Exception):
    """The graded kernel lacks something that the grader looks for by name; a sentence."""


class BadAddress(KernelMismatch):
    """No memory (or, for virtual addresses, no mapping) at an address; a sentence."""
