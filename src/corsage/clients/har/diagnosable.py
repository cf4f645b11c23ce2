"""From a HAR file to what can be diagnosed: every cross-origin request judged and counted, failing ones marked."""

from collections import Counter
from typing import Final

from corsage.browser import Profile
from corsage.clients.har.entry import HarEntry
from corsage.clients.har.evidence import evidence_of, websocket_evidence
from corsage.clients.har.groups import Groups, HarGroup
from corsage.clients.har.judging import Judgement, allows_credentials, crosses_origins, judged, origin_of
from corsage.clients.har.likeness import likeness, place
from corsage.clients.har.observing import Observations
from corsage.clients.har.opening import ByteStream, Progress
from corsage.clients.har.pairing import Conversation, Pairing
from corsage.clients.har.reading import HarReader
from corsage.clients.har.reading_result import HarReading, HarTotals
from corsage.clients.har.recorder import profile_of_user_agent
from corsage.clients.har.replaying import Replay
from corsage.clients.har.verdict import Verdict, verdict_of
from corsage.clients.har.who_asked import is_websocket, who_asked
from corsage.model import Client, Mode, parse_url

_SWITCHING: Final = 101
_MOST_KNOWN: Final = 500
_NO_COOKIES: Final = (
    "there are no cookies in the file, though answers allow credentials",
    "Chrome leaves them out unless it is told to export sensitive data: whether requests had credentials is known "
    "only where nothing else explains a failure.",
)


def diagnosable(
    stream: ByteStream, *, origin: str | None = None, progress: Progress | None = None
) -> HarReading:
    """Read the HAR file in *stream* and judge its cross-origin requests.

    Args:
        stream: the file, opened in binary mode; plain, or packed with gzip or xz.
        origin: look at the requests of this origin's pages alone, and take it where the recording names none.
        progress: is told how many bytes of *stream* have been read.

    Raises:
        OSError: *stream* cannot be read.
    """
    reader = HarReader(stream, progress)
    judge = _Judge(reader, _serialized(origin))
    for entry in reader:
        judge.take(entry)
    return judge.result()


def _against_headers(count: int, url: str) -> tuple[str, str]:
    """Say that the recorder and the headers contradict one another; what the recorder says counts."""
    which, have = ("1 request", "its") if count == 1 else (f"{count:,} requests", "their")
    return (
        f"{which} passed, says the recording, though {have} headers do not allow it: {url}",
        "The recorder may have left headers out, a service worker may have answered, or somebody changed the file: if "
        "the page sees an error, paste what the console prints.",
    )


def _serialized(origin: str | None) -> str | None:
    url = parse_url(origin) if origin is not None else None
    return url.origin.serialized if url is not None and url.is_http else origin


class _Judge:
    """Takes entries in; knows at the end what they came to."""

    def __init__(self, reader: HarReader, origin: str | None) -> None:
        self._reader = reader
        self._origin = origin
        self._pairing = Pairing()
        self._groups = Groups()
        self._observations = Observations()
        self._counts: Counter[str] = Counter()
        self._cookies_seen = self._credentials_allowed = False
        self._known: dict[tuple[object, ...], Judgement] = {}
        self._against_headers = 0
        self._first_against = ""

    def take(self, entry: HarEntry) -> None:
        """Take in one entry."""
        client = self._reader.pages.client(entry, self._origin)
        self._counts["preflights"] += entry.is_preflight
        self._cookies_seen = self._cookies_seen or entry.has_cookies
        # What a redirect leads to is its page's business, whoever the entry itself names.
        continues = not entry.is_preflight and self._pairing.continues(entry)
        kind = None if continues else self._set_aside(entry, client)
        if kind is None:
            for conversation in self._pairing.add(entry, client):
                self._judge(conversation)
        else:
            self._counts[kind] += 1
            self._counts["requests"] += not entry.is_preflight

    def result(self) -> HarReading:
        """Judge what is left, and return it all."""
        for conversation in self._pairing.finish():
            self._judge(conversation)
        if self._credentials_allowed and not self._cookies_seen and self._reader.recorder.leaves_out_cookies:
            self._reader.problems.add("", *_NO_COOKIES)
        if self._against_headers:
            self._reader.problems.add("", *_against_headers(self._against_headers, self._first_against))
        return HarReading(
            recorder=self._reader.recorder,
            totals=HarTotals(entries=self._reader.count, **self._counts),
            groups=self._groups.listed(),
            left_out_failing=self._groups.left_out(failed=True),
            left_out_passing=self._groups.left_out(failed=False),
            observed=self._observations.listed(),
            problems=self._reader.problems.listed(),
        )

    def _set_aside(self, entry: HarEntry, client: Client | None) -> str | None:
        """Say what *entry* is where it need not be judged."""
        who = who_asked(entry)
        if who is not None and who[1] is Mode.NAVIGATE and not is_websocket(entry):
            return "navigations"
        if client is None:
            return "unclear"
        if self._origin is not None and client.origin.serialized != self._origin:
            return "other_origins"
        if client.origin.same_origin(origin_of(entry)) and not entry.is_redirect:
            return "same_origin"
        return None

    def _judge(self, conversation: Conversation) -> None:
        """Count *conversation* as what it is, and play it where it crossed origins."""
        self._counts["requests"] += 1
        alone = conversation.is_preflight_alone  # of the request itself nobody says what became
        verdict = Verdict.UNKNOWN if alone else verdict_of(conversation.last, self._reader.recorder)
        if verdict is Verdict.ABORTED:
            self._counts["aborted"] += 1
        elif not crosses_origins(conversation):
            self._counts["same_origin"] += 1
        elif is_websocket(conversation.first):
            self._add_websocket(conversation, verdict)
        else:
            self._play(conversation, verdict)

    def _play(self, conversation: Conversation, verdict: Verdict) -> None:
        profile = self._profile(conversation)
        key = likeness(conversation, profile, verdict)
        judgement = self._known.get(key)
        if judgement is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            judgement = self._known[key] = judged(conversation, profile, verdict)
            if judgement.played is not None and not judgement.is_unclear:
                self._observations.add(conversation, judgement.played)
                self._credentials_allowed |= allows_credentials(conversation)
        if judgement.played is None or judgement.is_unclear:
            self._counts["unclear"] += 1
        else:
            self._add(conversation, judgement, judgement.played)

    def _profile(self, conversation: Conversation) -> Profile:
        recorded = self._reader.recorder.profile
        if recorded is not None:
            return recorded
        return profile_of_user_agent(conversation.first.request_headers.get("user-agent") or "")

    def _add(self, conversation: Conversation, judgement: Judgement, played: Replay) -> None:
        self._counts["cross_origin"] += 1
        self._counts["failed"] += judgement.failed
        if judgement.is_against_headers:
            self._against_headers += 1
            self._first_against = self._first_against or conversation.first.url.href.partition("?")[0]
        self._groups.add(
            judgement.group,
            conversation.first.number,
            conversation.first.url.href,
            failed=judgement.failed,
            make=lambda: HarGroup(
                evidence=evidence_of(conversation, played),
                outcome=played.outcome,
                request=played.request,
                profile=played.profile,
                failed=judgement.failed,
                count=1,
                entries=(),
                urls=(),
                assumed_preflight=played.assumed_preflight,
            ),
        )

    def _add_websocket(self, conversation: Conversation, verdict: Verdict) -> None:
        entry = conversation.first
        failed = verdict is Verdict.FAILED or entry.status not in {0, _SWITCHING}
        self._counts["cross_origin"] += 1
        self._counts["failed"] += failed
        self._groups.add(
            (
                conversation.client.origin.serialized,
                "websocket",
                place(entry.url.href),
                entry.status,
                entry.error,
            ),
            entry.number,
            entry.url.href,
            failed=failed,
            make=lambda: HarGroup(
                evidence=websocket_evidence(conversation),
                outcome=None,
                request=None,
                profile=self._profile(conversation),
                failed=failed,
                count=1,
                entries=(),
                urls=(),
            ),
        )
