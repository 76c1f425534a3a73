"""Simulated annealing of what a CP-SAT model says: `Annealing` is its door.

`rows.py` reads the model as sums with limits, `network.py` tells which unknowns are options and which follow from them,
`layout.py` puts this into arrays, `walk.py` is the loop over moves, and `anneal.py` cools it down.
"""
