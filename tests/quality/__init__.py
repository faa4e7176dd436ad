"""Whole reports of our own making, rendered in every way that offices have found, and read back."""
