"""As much of JSON Schema as ``check.schema.json`` uses; anything else in a schema is an error."""

from typing import Any

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KNOWN = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "description", "enum", "items", "maxItems",
    "minItems", "minimum", "properties", "required", "title", "type",
}  # fmt: skip


def problems(value: object, schema: dict[str, Any], root: dict[str, Any], where: str = "$") -> list[str]:
    assert set(schema) <= KNOWN, f"{where}: the validator does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, where)
    if "anyOf" in schema:
        tried = [problems(value, option, root, where) for option in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    found = _own_problems(value, schema, where)
    if isinstance(value, dict):
        found += _members(value, schema, root, where)
    if isinstance(value, list):
        for index, item in enumerate(value):
            found += problems(item, schema.get("items", {}), root, f"{where}[{index}]")
    return found


def _own_problems(value: object, schema: dict[str, Any], where: str) -> list[str]:
    found = []
    if "type" in schema and not _is_of_type(value, schema["type"]):
        found.append(f"{where}: {value!r} is no {schema['type']}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    if "minimum" in schema and isinstance(value, int) and value < schema["minimum"]:
        found.append(f"{where}: {value!r} is too small")
    if isinstance(value, list) and not schema.get("minItems", 0) <= len(value) <= schema.get(
        "maxItems", len(value)
    ):
        found.append(f"{where}: {len(value)} items")
    return found


def _is_of_type(value: object, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[name]) for name in names)


def _members(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> list[str]:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        if name in properties:
            found += problems(item, properties[name], root, f"{where}.{name}")
        elif more is False:
            found.append(f"{where}: {name} is not in the schema")
        elif isinstance(more, dict):
            found += problems(item, more, root, f"{where}.{name}")
    return found
