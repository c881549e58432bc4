"""Participation as facts, rolled up by day, period and place, on an engine large enough."""
