"""Can a process always finish? Each level is explored with all choices that people and data leave open."""

from engine.definitions.soundness.finding import Finding, Fix, Proof, Step
from engine.definitions.soundness.fixing import with_fixes
from engine.definitions.soundness.proving import Known, prove

__all__ = ["Finding", "Fix", "Known", "Proof", "Step", "prove", "with_fixes"]
