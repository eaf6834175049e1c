"""Shapes of requests and answers; nothing else."""
