"""What the committees see: reads all, read by none."""
