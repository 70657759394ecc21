"""Madang: where government and civil society make a plan together, in public."""

__version__ = "0.1.0"
