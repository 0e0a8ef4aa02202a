"""Settings shared by all tests."""

from hypothesis import HealthCheck, settings

# Machines differ in speed, and the suite says nothing about it: see benchmarks/.
settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("kg")
