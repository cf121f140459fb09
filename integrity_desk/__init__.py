"""Integrity Desk (诚信台账): an offline-first desk for government-affairs integrity registers."""

__version__ = "0.1.0"
