"""Floor 5: evidence becomes findings, findings become verified fixes."""

from corsage.diagnosis.diagnose import diagnose
from corsage.diagnosis.finding import Diagnosis, Finding, Snippet

__all__ = ["Diagnosis", "Finding", "Snippet", "diagnose"]
