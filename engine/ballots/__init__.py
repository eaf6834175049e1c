"""The secret ballot: roll, tickets, box, tally and board, behind a door of their own (docs/ballot.md)."""
