"""The schemas of proto/api/*.yaml: what they refer to, what they say a value must be, and what the
messages of proto/noroshi/v1 say they must be. Only the keywords used there are known; any other is
an error, so that nothing is written there that nobody checks."""

import pathlib
import re

import yaml

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "proto" / "api"
ANNOTATIONS = {"description", "x-proto", "example"}
KNOWN = ANNOTATIONS | {"$ref", "type", "format", "enum", "items", "properties", "required",
                       "nullable", "const"}
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict,
         "array": list}
WRAPPERS = {"google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
            "google.protobuf.ListValue": {"type": "array"}}


class Unique(yaml.SafeLoader):
    """Refuses a member twice; times stay text."""

    def construct_mapping(self, node, deep=False):
        names = [key.value for key, _ in node.value]
        assert len(names) == len(set(names)), f"a member twice, line {node.start_mark.line + 1}"
        return super().construct_mapping(node, deep)


Unique.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}

_files = {}


def load(name):
    if name not in _files:
        _files[name] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Unique)
    return _files[name]


def resolve(node, file):
    """What `node` of `file` stands for, and the file it stands in."""
    while "$ref" in node:
        name, _, path = node["$ref"].partition("#")
        file = name or file
        node = load(file)
        for step in path.strip("/").split("/"):
            node = node[step.replace("~1", "/")]
    return node, file


def faults(value, schema, file, path="$"):
    """Where `value` is not what `schema` says; every member has to be described."""
    schema, file = resolve(schema, file)
    unknown = set(schema) - KNOWN
    assert not unknown, f"{file}: keywords nobody checks: {unknown}"
    if value is None and schema.get("nullable"):
        return []
    if "const" in schema and value != schema["const"]:
        return [f"{path}: {value!r}, not {schema['const']!r}"]
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or
                 isinstance(value, bool) != (kind == "boolean")):
        return [f"{path}: {value!r} is no {kind}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: {value!r} is none of {schema['enum']}")
    if schema.get("format") == "date-time" and not re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        found.append(f"{path}: {value!r} is no time")
    if kind == "array" and "items" in schema:
        for index, item in enumerate(value):
            found += faults(item, schema["items"], file, f"{path}[{index}]")
    if kind == "object" and "properties" in schema:
        found += [f"{path}: no {name}" for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            if name in schema["properties"]:
                found += faults(member, schema["properties"][name], file, f"{path}.{name}")
            else:
                found.append(f"{path}.{name} is not described")
    return found


def shape_of(schema, file):
    """The schema without words, each reference to a message replaced by that message's name."""
    schema, file = resolve(schema, file)
    if "x-proto" in schema:
        return {"message": schema["x-proto"]}
    shape = {name: schema[name] for name in ("type", "format", "enum") if name in schema}
    if "items" in schema:
        shape["items"] = shape_of(schema["items"], file)
    return shape


def shape_in_proto(field):
    """What shape_of() has to be for `field` in protobuf's JSON mapping; of a ListValue the items
    are the schema's to say."""
    from google.protobuf.descriptor import FieldDescriptor as F
    if field.type == F.TYPE_MESSAGE:
        name = field.message_type.full_name
        shape = WRAPPERS.get(name, {"message": name})
    elif field.type == F.TYPE_ENUM:
        shape = {"type": "string", "enum": [value.name for value in field.enum_type.values]}
    else:
        shape = {"type": {F.TYPE_UINT64: "string", F.TYPE_INT64: "string", F.TYPE_BYTES: "string",
                          F.TYPE_STRING: "string", F.TYPE_UINT32: "integer",
                          F.TYPE_DOUBLE: "number", F.TYPE_BOOL: "boolean"}[field.type]}
    return {"type": "array", "items": shape} if field.label == F.LABEL_REPEATED else shape


def differences(schema, file, message):
    """Between the properties of `schema` and the fields of `message`, a descriptor."""
    found = []
    described = set(schema["properties"])
    fields = {field.json_name: field for field in message.fields}
    found += [f"{message.full_name} has no {name}" for name in described - set(fields)]
    found += [f"{message.full_name}.{name} is not described" for name in set(fields) - described]
    for name in described & set(fields):
        shape, wanted = shape_of(schema["properties"][name], file), shape_in_proto(fields[name])
        if _without_list_items(shape, wanted) != wanted:
            found.append(f"{message.full_name}.{name}: {shape}, not {wanted}")
    return found


def _without_list_items(shape, wanted):
    if wanted == WRAPPERS["google.protobuf.ListValue"]:
        return {name: value for name, value in shape.items() if name != "items"}
    if "items" in wanted and "items" in shape:
        return {**shape, "items": _without_list_items(shape["items"], wanted["items"])}
    return shape
