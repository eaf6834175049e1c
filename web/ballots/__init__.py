"""Secret ballots on the screen: one module a screen, for those who vote and for those who close and read the result."""

from flask import Blueprint

SCREENS: tuple[Blueprint, ...] = ()
