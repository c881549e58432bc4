"""Rounds: a shift being walked, and how far what was walked can be trusted."""
