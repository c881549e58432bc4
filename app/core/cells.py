"""Cells that a spreadsheet shows and does not run. Plain Python."""

from typing import Any

FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, full-width where it is Chinese or
Japanese. Source: OWASP, CSV injection."""


def defused(cell: Any) -> Any:
    """Return a cell with an apostrophe in front if it begins, after any blanks, like a formula."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(FORMULA_SIGNS) or cell.lstrip().startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell
