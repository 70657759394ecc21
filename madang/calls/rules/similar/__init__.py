"""What resembles what: a small engine that proposes; a person decides.

A text is read once, at intake, into a fingerprint that can be kept (`fingerprints`). How much two
fingerprints have in common is weighed by how rare it is (`rarity`), in pairs (`pairs`), groups
(`groups`) and topics (`topics`); `reasons` says why, in the words of the texts themselves.
Pure Python, no model, no service. Korean and English; decision 0022.
"""
