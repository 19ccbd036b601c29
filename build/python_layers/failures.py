"""Owns the failure that ends the program. Its text says what is wrong and who can mend it."""


class LayerError(Exception):
    """The layers cannot be made; the message is for the person who started the build."""
