"""Floor 3: the browser's side and a server's answers in one loop, without a network."""

from corsage.pair.repair import Change, Repair, repair
from corsage.pair.simulate import Exchange, Simulation, simulate

__all__ = ["Change", "Exchange", "Repair", "Simulation", "repair", "simulate"]
