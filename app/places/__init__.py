"""District > street > community > grid > building, and which grid a point lies in."""
