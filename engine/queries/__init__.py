"""The questions: read only, one file per screen or report; answers are small frozen rows, never tables."""
