"""The console: Linli on a wide screen, for those in charge. Reads all, is read by none."""
