"""What a place code says, and what a place is called.

Statistical codes are hierarchical: 510105 (district) > 510105007 (street) >
510105007004 (community) > 510105007004001 (grid) > 510105007004001001 (building).
"""

from enum import StrEnum


class PlaceKind(StrEnum):
    """The five floors of the tree, from the root."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"


LENGTHS: dict[str, int] = {
    PlaceKind.DISTRICT: 6,
    PlaceKind.STREET: 9,
    PlaceKind.COMMUNITY: 12,
    PlaceKind.GRID: 15,
    PlaceKind.BUILDING: 18,
}
"""Digits in a code, by kind, shortest first."""

LONGEST_NAME = 80
KINDS = {length: PlaceKind(kind) for kind, length in LENGTHS.items()}
VILLAGE_COMMITTEES = ("村民委员会", "村委会")
COMMITTEES = ("居民委员会", "居委会")
FIRST_HAN, LAST_HAN = "\u3400", "\u9fff"


def is_code(code: str) -> bool:
    """Whether a text has the shape of a place code."""
    return code.isascii() and code.isdecimal() and len(code) in KINDS


def kind_of(code: str) -> PlaceKind:
    """Return what kind of place a code is for. Errors: ValueError when it is no code."""
    if not is_code(code):
        raise ValueError(code)
    return KINDS[len(code)]


def parent_of(code: str) -> str | None:
    """Return the code of the place around a place, None for a district."""
    return path_of(code)[-2] if kind_of(code) is not PlaceKind.DISTRICT else None


def path_of(code: str) -> list[str]:
    """Return the codes from the district down to the place itself."""
    kind_of(code)
    return [code[:length] for length in KINDS if length <= len(code)]


def community_of(code: str) -> str | None:
    """Return the code of the community that a place is or lies in, None above communities."""
    length = LENGTHS[PlaceKind.COMMUNITY]
    return code[:length] if is_code(code) and len(code) >= length else None


def codes_above(code: str) -> list[str]:
    """Return the codes of all places that a place may lie in, its own among them."""
    return [code[:length] for length in LENGTHS.values() if length <= len(code)]


def short_name(name: str) -> str:
    """Return what people call a place: 草堂路社区, not 草堂路社区居民委员会.

    A village keeps its 村 whether the committee's name repeats it (沙河村村民委员会)
    or not (旺山村委会).
    """
    for committee in VILLAGE_COMMITTEES:
        if name.endswith(committee) and name != committee:
            place = name.removesuffix(committee)
            return place if place.endswith(("村", "社区")) else f"{place}村"
    for committee in COMMITTEES:
        if name.endswith(committee) and name != committee:
            return name.removesuffix(committee)
    return name


def number_prefix(name: str) -> str:
    """Return the letters that a community's case numbers begin with: 草堂路社区 has CT.

    The initials of the first two Chinese characters; X stands for one that is
    missing or unknown. Neighbours may share a prefix: numbers are counted by it.
    """
    # Only imports need the dictionary; a web worker is 60 MB lighter without it.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    # The whole name is read, since 重 sounds one way in 重庆 and another in 重要.
    written = "".join(c for c in short_name(name) if FIRST_HAN <= c <= LAST_HAN)
    spoken = lazy_pinyin(written, style=Style.NORMAL, errors=lambda _: "x")
    return "".join(sound[0] for sound in spoken[:2]).upper().ljust(2, "X")
