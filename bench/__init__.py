"""Benchmarks: each measures a figure and its floor in the same run and returns one JSON object."""
