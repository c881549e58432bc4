"""Rosters: shifts that repeat, who could be asked, a proposal for the coming week."""
