"""Task force: groups that sort proposals and grow candidates from them."""
