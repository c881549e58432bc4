"""The tree of places."""

from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.core.db import Base, PlaceCode


class Place(Base):
    """One place; its code begins with its parent's.

    `outline`: GeoJSON geometry in WGS-84. `lat`, `lon`: a point inside it, degrees.
    `number_prefix`: the letters that case numbers of a community begin with.
    """

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_kind_code", "kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(PlaceCode(), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    parent_code: Mapped[str | None] = mapped_column(PlaceCode(), index=True)
    lat: Mapped[float | None] = mapped_column()
    lon: Mapped[float | None] = mapped_column()
    number_prefix: Mapped[str | None] = mapped_column(String(6))
    outline: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSON(none_as_null=True)))


class PlaceRevision(Base):
    """One row with a token that every change of the tree replaces.

    Processes hold the outlines in memory; by the token they notice, with one
    cheap read, that the tree is not the one they know.
    """

    __tablename__ = "place_revisions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))
