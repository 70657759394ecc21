"""Consultation: agencies are asked about drafts, the draft is put before the public; all are answered."""
