"""What `cross_origin` returns: the policy is on it, and on nothing else."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import pytest

from corsage.middleware.by_handler import cross_origin, has_policy, policy_of
from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN = Policy(origins="*", public=True)
FOR_B = Policy(origins=["https://b.example"])


def plain(first: int, /, second: str = "x", *, third: int = 3) -> tuple[int, str, int]:
    """Say what it is given."""
    return first, second, third


async def later(number: int) -> int:
    return number


async def steps() -> Any:
    yield 1


@functools.wraps(later)
async def around(*args: Any, **kwargs: Any) -> Any:
    return await later(*args, **kwargs)


def enclosing(value: int) -> Callable[[], int]:
    def inner() -> int:
        return value

    return inner


@pytest.mark.parametrize("given", [plain, later, steps, around, enclosing(7)], ids=lambda each: each.__name__)
def test_a_function_is_copied_with_all_that_is_known_of_it(given: Any) -> None:
    made = cross_origin(OPEN)(given)
    assert made is not given
    assert (policy_of(given), policy_of(made)) == (None, OPEN)
    assert inspect.signature(made) == inspect.signature(given)
    assert made.__annotations__ == given.__annotations__
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__globals__"):
        assert getattr(made, name) == getattr(given, name)
    for asked in (inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isfunction):
        assert asked(made) == asked(given)
    assert getattr(made, "__wrapped__", None) is getattr(given, "__wrapped__", None)


def test_a_copy_does_what_the_original_does() -> None:
    assert cross_origin(OPEN)(plain)(1, third=4) == (1, "x", 4)
    assert cross_origin(OPEN)(enclosing(7))() == 7


def test_one_function_may_have_several_policies() -> None:
    first, second = cross_origin(OPEN)(plain), cross_origin(FOR_B)(plain)
    assert (policy_of(first), policy_of(second)) == (OPEN, FOR_B)
    assert policy_of(cross_origin(FOR_B)(first)) == FOR_B
    assert policy_of(first) == OPEN


class Views:
    """Has methods."""

    name = "views"

    def get(self) -> str:
        return self.name

    @cross_origin(FOR_B)
    def put(self) -> str:
        return self.name

    @cross_origin(FOR_B)
    @staticmethod
    def static() -> str:
        return "static"


class Below(Views):
    def get(self) -> str:
        return "below " + super().get()

    put = cross_origin(OPEN)(Views.put)


def test_a_bound_method() -> None:
    views = Views()
    made: Any = cross_origin(OPEN)(views.get)
    assert (made(), made.__self__, policy_of(made), policy_of(views.get)) == ("views", views, OPEN, None)


def test_a_class_gets_a_subclass_of_its_name() -> None:
    made = cross_origin(OPEN)(Below)
    assert issubclass(made, Below)
    assert (policy_of(made), policy_of(Below), policy_of(Views)) == (OPEN, None, None)
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        assert getattr(made, name) == getattr(Below, name)
    assert made().get() == "below views"


def test_methods_of_a_class() -> None:
    assert (policy_of(Views, "PUT"), policy_of(Below, "PUT"), policy_of(Views, "GET")) == (FOR_B, OPEN, None)
    assert (policy_of(Views.static), Views.static()) == (FOR_B, "static")
    assert has_policy(Below)
    assert not has_policy(str)


def test_the_get_of_a_class_answers_head() -> None:
    class Read:
        @cross_origin(FOR_B)
        def get(self) -> None: ...

    assert (policy_of(Read, "HEAD"), policy_of(Read, "POST")) == (FOR_B, None)


def test_a_partial_function() -> None:
    given = functools.partial(plain, 1)
    made = cross_origin(OPEN)(given)
    assert (policy_of(given), policy_of(made), made()) == (None, OPEN, (1, "x", 3))
    assert policy_of(functools.partial(cross_origin(FOR_B)(plain), 1)) == FOR_B


@pytest.mark.parametrize("given", [Views(), len, None])
def test_what_nobody_would_look_at_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="functions, methods and classes"):
        cross_origin(OPEN)(given)
