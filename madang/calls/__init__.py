"""Call for proposals: open a call, propose, acknowledge, answer."""
