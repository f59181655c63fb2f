"""What openapi.yaml describes, and whether an answer of a hub is as described."""

from . import schemas

FILE = "openapi.yaml"
METHODS = ("get", "post", "put", "patch", "delete")


def paths():
    return schemas.load(FILE)["paths"]


def operations():
    return [(path, method) for path, item in paths().items() for method in METHODS if method in item]


def answers():
    """Every (path, method, status) there is; `default` is what the door says of any."""
    return {(path, method, status) for path, method in operations()
            for status in paths()[path][method]["responses"] if status != "default"}


def forms():
    """Every (path, method, status, media type) of an answer that comes in several forms."""
    found = set()
    for path, method, status in answers():
        response, _ = schemas.resolve(paths()[path][method]["responses"][status], FILE)
        content = response.get("content", {})
        found |= {(path, method, status, form) for form in content if len(content) > 1}
    return found


def shortcomings(value, schema):
    """Where `value` is not what components/schemas says of `schema`."""
    return schemas.faults(value, {"$ref": f"#/components/schemas/{schema}"}, FILE)


def faults(path, method, answer, status=None):
    """Where `answer` is not what is described under its status, or under `status`."""
    described = paths()[path][method]["responses"]
    status = status or str(answer.status)
    if status not in described:
        return [f"{status} is not described"]
    response, file = schemas.resolve(described[status], FILE)
    found = [f"no header {name}" for name, header in response.get("headers", {}).items()
             if header.get("required") and name.lower() not in answer.fields]
    if "content" not in response:
        return found
    if answer.media_type not in response["content"]:
        return found + [f"{answer.media_type} is not described"]
    schema = response["content"][answer.media_type]["schema"]
    value = answer.json() if answer.media_type.endswith("json") else answer.body.decode()
    found += schemas.faults(value, schema, file)
    if answer.media_type == "application/problem+json" and value["status"] != answer.status:
        found.append(f"it says {value['status']} with status {answer.status}")
    return found
