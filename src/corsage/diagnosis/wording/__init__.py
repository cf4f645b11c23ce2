"""What reports that read alike turned out to be: learnt from labelled reports, one voice beside the rules."""

from corsage.diagnosis.wording.features import features
from corsage.diagnosis.wording.likelihood import likelihood

__all__ = ["features", "likelihood"]
