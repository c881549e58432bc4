"""Demo data: real committees, invented outlines, invented people and cases."""
