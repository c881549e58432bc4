"""Does practice work? Simulated learners whose forgetting is known: `python -m tools.learning`."""
