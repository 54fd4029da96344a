"""How all tests run: no timing decides one, on a busy machine either, and no time is spent for nothing."""

import gc

import pytest
from hypothesis import HealthCheck, settings

ENOUGH_TO_COLLECT = 200_000
"""So many new objects are looked through for garbage at once: an app on a screen makes tens of thousands."""

settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Let a process that has done its tests take over some of another one: those of the app are slow.

    Collecting thousands of tests makes no garbage, and looking for some takes three times as long as the rest.
    """
    gc.disable()
    if config.getoption("dist", "no") == "load":
        config.option.dist = "worksteal"


def pytest_collection_finish() -> None:
    """Spare the thousands of tests, which stay, from being looked through again and again while they run."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(ENOUGH_TO_COLLECT, 10, 10)
