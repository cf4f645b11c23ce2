"""Floor 3: the browser's side and a server's answers in one loop, without a network."""

from corsage.pair.repair import Change, Repair, repair

__all__ = ["Change", "Repair", "repair"]
