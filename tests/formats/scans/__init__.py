"""Scans that the tests make themselves: pages drawn from a report, worn in every way that paper is."""

from __future__ import annotations
