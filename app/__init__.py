"""Linli (邻里安): community safety, run by the neighbours."""
