"""Speed compared with peers on the same content; every module runs with ``python -m``."""
