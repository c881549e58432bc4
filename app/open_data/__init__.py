"""What anybody may have: hazards and participation without persons."""
