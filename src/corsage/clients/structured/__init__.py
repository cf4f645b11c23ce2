"""Evidence from objects: reports as JSON, one a line, with whatever their writers knew.

The form is that of ``corsage explain --evidence``. Everything may be missing, ``null`` or of another type. What
stands where it does not belong, such as ``(S3 presigned)`` for a URL, goes to the notes: nothing is lost.
"""

from corsage.clients.structured.lines import Unread, read_evidence_lines
from corsage.clients.structured.report import read_structured

__all__ = ["Unread", "read_evidence_lines", "read_structured"]
