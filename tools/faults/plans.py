"""How hard it blows."""

from dataclasses import dataclass

ENGINES = ("sqlite", "postgresql")
SABOTAGES = ("receipt", "lease", "loss")
"""What is broken on purpose, so that the harness has something to find:
`receipt`: a reaction runs without its receipt, and its notices have a new key each time;
`lease`: a message whose lease ran out is sent again; `loss`: a message is settled, then sent."""


@dataclass(frozen=True)
class Plan:
    """What one run does. `web`: whether some report by HTTP. Times in seconds."""

    engine: str
    cases: int
    kills: int
    faults: int
    restarts: int
    every_s: float
    patience_s: float
    web: bool = True
    seed: int = 20261121
    sabotage: str | None = None

    @property
    def copies(self) -> int:
        """Return how many schedulers, and how many couriers there are."""
        return 3 if self.engine == "postgresql" else 1


def full(engine: str, seed: int) -> Plan:
    """Return the run that counts."""
    return Plan(engine, 1700, 205, 2000, 5, every_s=1.3, patience_s=900, seed=seed)


def short(engine: str, seed: int, sabotage: str | None = None) -> Plan:
    """Return one for every day; a sabotage needs no web and no restart to be found."""
    if sabotage:
        return Plan(
            engine, 30, 6, 0, 0, every_s=2.5, patience_s=900, web=False, seed=seed,
            sabotage=sabotage,
        )  # fmt: skip
    # Some seventy calls are spoilt, as the dice fall: so few as thirty would be no storm.
    return Plan(engine, 50, 10, 30, 1, every_s=0.8, patience_s=900, seed=seed)
