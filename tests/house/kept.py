"""What the access matrix asks about is made once for all who ask, until a request changes it.

Whoever is refused changes nothing, so that the next may ask about the same thing.
"""

from functools import wraps


def by_place(make):
    """Keep what depends on the place alone: `make(world, who, whose, **changes)`."""
    return _kept(make, lambda _who, _whose: None)


def by_maker(make):
    """Keep what is somebody else's; one's own is made for oneself."""
    return _kept(make, lambda who, whose: who if whose == "own" else None)


def _kept(make, of):
    @wraps(make)
    def kept(world, who, whose, **changes):
        place = world.place(who, whose)
        key = (make.__module__, make.__qualname__, place, of(who, whose), repr(changes))
        if key not in world.kept:
            world.kept[key] = make(world, who, whose, **changes)
        return world.kept[key]

    return kept
