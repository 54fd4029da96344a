"""Witness forms: what somebody tells, written down alone, and read back."""
