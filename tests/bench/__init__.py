"""Measurements; each has its baseline in the same run."""
