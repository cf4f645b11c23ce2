"""What can go wrong, said to the person at the terminal."""


class RecordError(Exception):
    """Something the person running the recorder has to know; the message says all of it."""


class SilentPageError(RecordError):
    """A page did not report the outcome of its scenario in time."""
