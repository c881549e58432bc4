"""Tables that read well on a terminal and in a document."""

import unicodedata
from collections.abc import Sequence


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table with even columns; the first is text, the others numbers."""
    widths = [max(width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = [
        "-" * widths[0],
        *("-" * (size - 1) + ":" for size in widths[1:]),
    ]
    for row in (head, rule, *rows):
        cells = [
            row[0] + " " * (widths[0] - width(row[0])),
            *(
                " " * (size - width(cell)) + cell
                for size, cell in zip(widths[1:], row[1:], strict=True)
            ),
        ]
        print("| " + " | ".join(cells) + " |", flush=True)


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
