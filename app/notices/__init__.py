"""People: sign-in, homes, roles, consent."""
