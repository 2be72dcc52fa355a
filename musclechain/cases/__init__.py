"""Causes and remedies, in the words of the clinic."""
