"""A hazard's way: report, accept, assign, handle, confirm."""
