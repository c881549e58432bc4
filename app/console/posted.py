"""What a form of a page sends: text alone, and nothing said is an empty field."""

from typing import Any

from marshmallow import fields, pre_load

from app.core.forms import Form, choice, identifier, listing, whole


class Posted(Form):
    """A form of a page. An empty field is left out, or is nothing where nothing may be."""

    @pre_load
    def leave_out_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        """Browsers send every field of a form, also those that nobody filled in."""
        # Names that come several times are one list, as the fields of this form say.
        found = {name: data[name] for name in data}
        return {
            name: None if value == "" else value
            for name, value in found.items()
            if value != "" or (name in self.fields and self.fields[name].allow_none)
        }


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
