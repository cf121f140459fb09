"""The window: pages, dialogs, models and widgets; the only home of PySide6."""
