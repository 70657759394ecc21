"""Makers: small ways to a state, through the real actions.

No test stands on a state that could not have come about.
"""
