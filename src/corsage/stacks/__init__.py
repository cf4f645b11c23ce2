"""Floor 4: server stacks. How each is recognised, how its CORS is configured, what goes wrong with it."""

from functools import cache

from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait


@cache
def all_stacks() -> tuple[Stack, ...]:
    """Return every stack, family by family. A hundred files: they are loaded when somebody asks."""
    from corsage.stacks import clouds, dotnet, go, java, node, php, proxies, python, ruby, services

    families = (python, node, java, dotnet, ruby, php, go, proxies, clouds, services)
    return tuple(stack for family in families for stack in family.STACKS)


@cache
def _by_name() -> dict[str, Stack]:
    return {stack.name: stack for stack in all_stacks()}


def find_stack(name: str) -> Stack | None:
    """Return the stack whose name, title or word is *name*; case does not matter."""
    wanted = name.strip().lower()
    exact = _by_name().get(wanted)
    if exact is not None:
        return exact
    return next((each for each in all_stacks() if wanted in (each.title.lower(), *each.words)), None)


__all__ = ["File", "Kind", "Pitfall", "Rendered", "Sign", "Stack", "Trait", "all_stacks", "find_stack"]
