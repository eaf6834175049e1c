"""A reference interpreter of BPMN, written from the standard and from docs/diagram-dialect.md alone.

It is naive on purpose: tokens on flows, one small function per rule, no thought of speed. What the standard leaves open
(the order of things that happen side by side) it leaves open too: `playing.settle` gives every state that may come out.
"""
