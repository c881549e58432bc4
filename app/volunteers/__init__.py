"""People who serve: profile, teams, hours, thanks, certificates."""
