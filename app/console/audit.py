"""Audit: who did what when, of those in charge here."""

from datetime import timedelta
from typing import Any

from app.committees import keeping
from app.console import desk, kept, shell
from app.core import audit as trail
from app.core import clock, texts
from app.core.access import Permission, language
from app.core.forms import choice, day, identifier
from app.core.pages import PageForm
from app.places import service as places
from app.residents import service as residents

blueprint = desk.console_blueprint("audit", "/<place_code>/audit")
BLUEPRINTS = (blueprint,)


ACTS = "console.audit.acts."
"""Where the words of acts stand: `.` in a name is `__` there, a space `-`."""


def acts(spoken: str) -> dict[str, str]:
    """Return the words of every act that is written down, by its name."""
    return {
        key.removeprefix(ACTS).replace("__", ".").replace("-", " "): words
        for key, words in texts.catalogue(spoken).items()
        if key.startswith(ACTS)
    }


class AuditForm(PageForm):
    """Whose acts, which, and from which day to which."""

    who = identifier(strict=False)
    act = choice(list(acts(texts.LANGUAGES[0])))
    first = day()
    last = day()


@blueprint.get("")
@desk.at_desk(Permission.AUDIT_READ)
@kept.live(Permission.AUDIT_READ, keeping.AUDIT, keeping.NAMES, keeping.PLACES)
@desk.reads(AuditForm)
def audit(form: dict[str, Any], place_code: str) -> str:
    """Show what was done, the newest first."""
    desk.place_of(desk.actor(), place_code, Permission.AUDIT_READ)
    found = trail.list_entries(
        place_code,
        resident_id=form.get("who"),
        act=form.get("act"),
        since=clock.day_start(form["first"]) if "first" in form else None,
        until=clock.day_start(form["last"] + timedelta(days=1)) if "last" in form else None,
        cursor=form.get("cursor"),
        limit=form["limit"],
    )
    more = desk.partly() and "cursor" in form
    return shell.render(
        "console/audit_rows.html" if more else "console/audit.html",
        place_code=place_code,
        found=found,
        form=form,
        acts=acts(language()),
        names=residents.names_of({entry["resident_id"] for entry in found["items"]}),
        places=places.names_of({entry["place_code"] for entry in found["items"]}),
    )
