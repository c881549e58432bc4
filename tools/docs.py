"""Write the table of moves into docs/hazards.md: `python -m tools.docs`.

A test holds the two against each other, so the page cannot drift from the rules.
"""

import sys

from app.config import ROOT
from app.hazards.rules import MOVES

PAGE = ROOT / "docs" / "hazards.md"
BEGIN, END = "<!-- moves: written by `python -m tools.docs` -->\n", "<!-- /moves -->"
CONDITIONS = {
    "_somebody_elses_work": "somebody else handled it",
    "_may_appeal": "not appealed before",
    "_awaits_approval": "not agreed to yet",
    "_is_approved": "agreed to",
    "_may_reopen": "within 14 days after closing",
}
"""What the table's conditions say, in words."""


def main() -> int:
    """Write the table. Return the exit status."""
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_table(page: str) -> str:
    """Return the page with the table as the rules have it now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + moves_table() + END + rest.partition(END)[2]


def moves_table() -> str:
    """Return the table of moves in Markdown."""
    lines = [
        "| move | from | to | by | needs | allows | if |",
        "|---|---|---|---|---|---|---|",
    ]
    for move in MOVES:
        cells = (
            f"`{move.name}`",
            move.origin,
            move.to,
            " or ".join(sorted(move.by)),
            ", ".join(move.needs),
            ", ".join(move.allows),
            CONDITIONS.get(move.when.__name__, ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
