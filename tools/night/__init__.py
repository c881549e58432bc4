"""A simulated night: 200 volunteers on 20 rounds, some of whom cheat in eight ways.

What their phones would send is made up from a seed, sent through the product's own service
at the moments at which it would arrive, and compared with what the product then doubts.
"""
