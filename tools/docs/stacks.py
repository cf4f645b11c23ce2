"""``docs/stacks/``: a page for each stack and their list, from the classes and from what they really write."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from corsage.server import Policy
from corsage.stacks import Kind, Stack, all_stacks

EXAMPLE = Policy(
    origins=["https://app.example.com", "https://*.example.org"],
    methods=["PUT", "DELETE"],
    request_headers=["Authorization", "Content-Type"],
    exposed_headers=["X-Total"],
    credentials=True,
    max_age=600,
)
_KINDS = {
    Kind.APP: "Frameworks and servers of applications",
    Kind.SERVICE: "Programs with CORS settings",
    Kind.PROXY: "Proxies",
    Kind.GATEWAY: "Gateways",
    Kind.CDN: "Networks of caches",
    Kind.STORAGE: "Buckets",
    Kind.PLATFORM: "Platforms",
    Kind.IDP: "Identity providers",
}


def stack_pages() -> dict[str, Callable[[], str]]:
    """Return the pages by their names below ``docs/``."""
    pages: dict[str, Callable[[], str]] = {"stacks/README.md": stacks_page}
    return pages | {f"stacks/{stack.name}.md": partial(stack_page, stack) for stack in all_stacks()}


def stacks_page() -> str:
    """Return the list of all stacks as Markdown."""
    lines = [
        "# Stacks",
        "",
        "Made from the stacks themselves by `make docs`. `corsage policy render FILE --for STACK` writes a policy as",
        "the configuration of one of them; every diagnosis does the same for the stacks that it recognises or is told.",
        "",
        '"Run" means that our tests start the real thing with the configuration and ask it what browsers ask. "Not',
        'executed" means that they check the text alone. "Recognised" means that there is nothing to write: the stack',
        "is known by its answers, and its pitfalls are told.",
    ]
    order = list(_KINDS)
    ordered = sorted(all_stacks(), key=lambda stack: (order.index(stack.kind), stack.title.lower()))
    for kind, stacks in groupby(ordered, lambda stack: stack.kind):
        lines += ["", f"## {_KINDS[kind]}", "", "| stack | `--for` | tests |", "|---|---|---|"]
        lines += [
            f"| [{stack.title}]({stack.name}.md) | `{stack.name}` | {_tested(stack)} |" for stack in stacks
        ]
    return "\n".join(lines) + "\n"


def stack_page(stack: Stack) -> str:
    """Return the page of a stack as Markdown."""
    return "\n".join(_page(stack)) + "\n"


def _tested(stack: Stack) -> str:
    if stack.executed:
        return f"run with {stack.executed}"
    return "not executed" if stack.render(EXAMPLE).files else "recognised"


def _page(stack: Stack) -> Iterator[str]:
    yield from (f"# {stack.title}", "", f"`--for {stack.name}`; {_tested(stack)}.")
    if stack.order:
        yield from ("", stack.order)
    rendered = stack.render(EXAMPLE)
    if rendered.files:
        yield from ("", "## Configuration", "", "This policy:", "", *_policy())
        yield from ("", "is written as:")
    for file in rendered.files:
        yield from ("", f"`{file.name}`", "", *_block(file.language, file.text))
    if rendered.steps:
        yield from ("", "## To do", "", *(f"- {step}" for step in rendered.steps))
    if rendered.limits:
        yield from ("", "## What it does not do", "", *(f"- {limit}" for limit in rendered.limits))
    if stack.pitfalls:
        yield from ("", "## Pitfalls")
        for pitfall in stack.pitfalls:
            yield from ("", f"**{pitfall.name}** {pitfall.says} {pitfall.instead}")
    if stack.sources:
        yield from ("", "## Sources", "", *(f"- <{address}>" for address in stack.sources))


def _policy() -> Iterator[str]:
    from corsage.server.formats import write_toml

    yield from _block("toml", write_toml({"cors": EXAMPLE.values()}))


def _block(language: str, text: str) -> Iterator[str]:
    fence = "````" if "```" in text else "```"
    yield f"{fence}{language}"
    yield text.rstrip("\n")
    yield fence
