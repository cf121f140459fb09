"""Journeys: the real program in a real window, on a screen of its own in every worker."""

from __future__ import annotations


