"""The one kind of error that a user is meant to see."""


class KitError(Exception):
    """Something in the kit or on the command line is wrong; the message is one clear line."""
