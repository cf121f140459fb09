"""Dialogs: what the window asks or shows apart from its pages."""
