"""Models for lists that are longer than memory likes."""
