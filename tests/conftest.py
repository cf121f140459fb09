"""What every test shares: no window on the screen, and the same examples in every run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "same_every_time",
    derandomize=True,
    deadline=None,  # two workers share two cores: slow is not wrong
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same_every_time"))
