"""Small maps, drawn by hand."""

import json

COMMITTEE = {
    "code": "440106001001",
    "name": "石牌社区居民委员会",
    "street_code": "440106001",
    "street": "石牌街道",
    "area_code": "440106",
    "area": "天河区",
}
LAT, LON = 23.13, 113.34
"""The south-western corner of grid 1."""


def square(lat=LAT, lon=LON, side=0.01):
    """Return the ring of a square, from its south-western corner."""
    corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]
    return [list(corner) for corner in [*corners, corners[0]]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code, geometry, name="某网格", **properties):
    properties = {"code": code, "name": name, **properties}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def grid(number, ring, name=None):
    return feature(f"{COMMITTEE['code']}{number:03}", polygon(ring), name or f"第{number}网格")


def collection(*features, **members):
    """Return a FeatureCollection as a file's bytes."""
    return json.dumps({"type": "FeatureCollection", **members, "features": features}).encode()
