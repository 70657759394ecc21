"""Loading: a forum, or one more plan, from one documented file."""
