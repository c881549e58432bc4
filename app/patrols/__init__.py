"""Patrols: routes to walk, shifts, who takes part, who waits."""
