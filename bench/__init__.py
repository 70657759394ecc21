"""Ratios against bare Django views, measured side by side in one run: `make bench`."""
