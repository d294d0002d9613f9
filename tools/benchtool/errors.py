"""What ends the tool with one line."""


class BenchError(Exception):
    """The message is the line."""
