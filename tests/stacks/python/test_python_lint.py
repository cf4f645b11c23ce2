"""Mistakes in pasted configurations: found where they are, and nowhere else; whatever is pasted, nothing breaks."""

from __future__ import annotations

import pytest
from tests.stacks.policies import POLICIES
from tests.stacks.python.mistaken import FASTAPI, ROWS

from corsage.stacks import find_stack
from corsage.stacks.python import STACKS


def lint(name: str, text: str) -> set[str]:
    stack = find_stack(name)
    assert stack is not None
    return {pitfall.name for pitfall in stack.lint(text)}


@pytest.mark.parametrize(("stack", "pitfall", "bad", "good"), ROWS)
def test_a_mistake(stack: str, pitfall: str, bad: str, good: str) -> None:
    assert pitfall in lint(stack, bad)
    assert pitfall not in lint(stack, good)


def test_every_pitfall_has_a_row() -> None:
    shown = {(stack, pitfall) for stack, pitfall, _, _ in ROWS}
    wanted = {(stack.name, each.name) for stack in STACKS for each in stack.pitfalls if each.seen is not None}
    assert shown == wanted


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_what_is_rendered_has_no_mistakes(stack: object, policy: str) -> None:
    found = find_stack(getattr(stack, "name", ""))
    assert found is not None
    made = found.render(POLICIES[policy])
    assert [pitfall.name for each in made.files for pitfall in found.lint(each.text)] == []


@pytest.mark.parametrize(
    ("stack", "text", "pitfalls"),
    [
        (
            "fastapi",
            "    app.add_middleware(CORSMiddleware, allow_origins=['https://a.example/'])",
            "origin-with-slash",
        ),
        (
            "fastapi",
            "I have:\nallow_origins=['https://a.example/'],\n  allow_credentials=True",
            "origin-with-slash",
        ),
        ("fastapi", "I have: allow_origins=['*'], allow_credentials=True", "any-origin-with-credentials"),
        ("django", "my settings are\nCORS_ALLOWED_ORIGINS = ['https://a.example/']", "origin-with-slash"),
        (
            "django",
            "CORS_ALLOWED_ORIGINS: list[str] = 'https://a.b/,https://c.d'.split(',')",
            "origin-with-slash",
        ),
        (
            "flask",
            "my app has CORS(app, supports_credentials=True, origins='*') in it",
            "any-origin-with-credentials",
        ),
        ("jupyter", 'In docker: "--ServerApp.allow_origin=*" is what I pass', "any-origin"),
    ],
)
def test_pieces_and_prose(stack: str, text: str, pitfalls: str) -> None:
    assert pitfalls in lint(stack, text)


@pytest.mark.parametrize(
    ("stack", "text"),
    [
        ("fastapi", "app.add_middleware(CORSMiddleware, allow_origins=settings.origins, **settings.cors)"),
        (
            "fastapi",
            "app.add_middleware(CORSMiddleware, allow_origins=os.environ['ORIGINS'].split(','), "
            "allow_credentials=True, allow_methods=['*'], allow_headers=['*'])",
        ),
        (
            "flask",
            "CORS(app, supports_credentials=True, resources={r'/api/.*': {'origins': ['https://a.example']}})",
        ),
        ("flask", "CORS(app, supports_credentials=True, **options)"),
        ("django", "MIDDLEWARE = [*BASE, 'x']\nCORS_ALLOWED_ORIGINS = env.list('CORS_ALLOWED_ORIGINS')"),
        ("python-socketio", "server = uvicorn.Server(config)\napp.add_middleware(CORSMiddleware)"),
        ("tornado", "class H(RequestHandler):\n    def get(self):\n        self.set_header('X-Total', '1')"),
    ],
)
def test_no_false_alarm(stack: str, text: str) -> None:
    assert lint(stack, text) == set()


def test_nothing_is_executed() -> None:
    assert (
        lint("fastapi", FASTAPI.format(origin="https://app.example") + "\nraise SystemExit\n1 / 0\n") == set()
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "(" * 50_000,
        "-" * 90_000 + "1",
        "CORS(" * 20_000,
        "allow_origins=[" * 6_000,
        "a = [a, a, a, a, a, a, a, a]\nCORS(app, origins=a)",
        "".join(f"a{i} = [{', '.join([f'a{i + 1}'] * 40)}]\n" for i in range(300)) + "CORS(app, origins=a0)",
        "CORS(app, origins=" + "+".join(["'x'"] * 9_000) + ")",
        "CORS(app, **{**x})\ncors(app, **y)\nCORSMiddleware(*z)\nCORSConfig(**None)",
        "".join(f"CORS(app, origins=['https://a{i}.example/'])\n" for i in range(2_000)),
        "CORS_ALLOWED_ORIGINS = [" + "'https://a.example/', " * 4_000 + "]",
        "c.ServerApp." * 8_000,
        "def check_origin(" * 5_000,
        "MIDDLEWARE = MIDDLEWARE + MIDDLEWARE\nCORS_ALLOWED_ORIGINS = CORS_ALLOWED_ORIGINS",
        "for\x0cx in '\ud800'",
    ],
    ids=range(16),
)
def test_hostile_texts(text: str) -> None:
    for stack in STACKS:
        stack.lint(text)
