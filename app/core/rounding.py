"""How a number is rounded where it is made words: half goes up, as people do it, and phones.

Python's own `round` sends an exact half to the even neighbour: 92.5 would be 92 at the desk
and 93 on the phone.
"""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, digits: int = 0) -> float:
    """Return a number rounded to so many digits behind the point."""
    # Twelve digits, for 100 * 0.285 is 28.499999999999996, and is meant to be 28.5.
    exact = Decimal(f"{value:.12g}")
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
