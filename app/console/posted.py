"""What a form of a page sends: text alone. `desk.reads` leaves out what is empty."""

from typing import Any

from marshmallow import fields

from app.core.forms import choice, identifier, listing, whole


def number(*, least: int, most: int, **kwargs: Any) -> fields.Integer:
    """A whole number, as it was typed."""
    return whole(least=least, most=most, strict=False, **kwargs)


def chosen(**kwargs: Any) -> fields.Integer:
    """One of the things of a list, by its id."""
    return identifier(strict=False, **kwargs)


def some(options: Any, **kwargs: Any) -> fields.List[Any]:
    """Some of a few words: boxes that are ticked; none of them is an empty list."""
    return listing(choice(options), longest=len(options), load_default=list, **kwargs)


def ticked() -> fields.Boolean:
    """A box: a browser sends it only when it is ticked."""
    return fields.Boolean(truthy={"1"}, falsy={"0"}, load_default=False)
