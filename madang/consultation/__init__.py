"""Consultation: the draft before the public, comments on it, an answer to each."""
