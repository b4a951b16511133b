"""Drills: faults and loads on real installations; one code with a small N in the suite.

`./run prove NAME` runs `prove_NAME.py` at the full size and writes its figures to the docs.
"""
