"""Holds answers against their JSON Schemas: the few keywords that the project's schemas use, and more strictly.

A field that the schema does not declare is a fault here, so that no answer grows without its schema.
"""

from __future__ import annotations

from typing import Any

KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str = "$") -> list[str]:
    """What in `value` the schema does not allow; empty when all is well."""
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, where)
    if "anyOf" in schema:
        tried = [faults(value, option, root, where) for option in schema["anyOf"]]
        return [] if any(not found for found in tried) else min(tried, key=len)
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r} is not {schema['const']!r}"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{where}: {value!r} is none of {schema['enum']}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds):
        return [f"{where}: {value!r} is no {' or '.join(kinds)}"]
    if isinstance(value, list) and "items" in schema:
        return [
            fault for at, item in enumerate(value) for fault in faults(item, schema["items"], root, f"{where}[{at}]")
        ]
    if isinstance(value, dict) and ("properties" in schema or "additionalProperties" in schema):
        return _of_object(value, schema, root, where)
    return []


def _of_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> list[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    found = [f"{where}: {key!r} is missing" for key in schema.get("required", []) if key not in value]
    for key, inner in value.items():
        if key in known:
            found += faults(inner, known[key], root, f"{where}.{key}")
        elif others is not None:
            found += faults(inner, others, root, f"{where}.{key}")
        else:
            found.append(f"{where}: {key!r} is not declared")
    return found
