"""Clients of boto3 that hold every reply against the service's model: members, lengths, patterns, enums, unions."""
import re

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

violations = []


def clients(profile, *names):
    session = boto3.Session(profile_name=profile)
    session.events.register("after-call", judge)
    settings = Config(retries={"max_attempts": 1}, parameter_validation=False)
    return [session.client(name, config=settings) for name in names]


def judge(model, parsed, **_):
    name = f"{model.service_model.service_name}.{model.name}"
    if "Error" in parsed:
        code = parsed["Error"].get("Code")
        shape = next((s for s in model.error_shapes if s.error_code == code), None)
        # Every operation of a service with a query protocol may also answer with the errors that all of them share.
        if shape is None and model.error_shapes and model.service_model.metadata["protocol"] != "query":
            violations.append(f"{name}: {code} is no error of the operation: {parsed['Error'].get('Message')}")
        elif shape is not None:
            members = {key: value for key, value in parsed.items() if key not in ("Error", "ResponseMetadata")}
            check(shape, members, f"{name} {code}")
    elif model.output_shape is not None:
        check(model.output_shape, parsed, name)


def check(shape, value, path):
    kind = shape.type_name
    if kind == "structure":
        for member in shape.required_members:
            if value.get(member) is None:
                violations.append(f"{path}.{member} is missing")
        if shape.metadata.get("union") or getattr(shape, "is_tagged_union", False):
            if len(value) != 1 or "SDK_UNKNOWN_MEMBER" in value:
                violations.append(f"{path} has members {list(value)}, not one")
        for member, inner in shape.members.items():
            if value.get(member) is not None:
                check(inner, value[member], f"{path}.{member}")
    elif kind == "list":
        bounds(shape, len(value), path)
        for i, each in enumerate(value):
            check(shape.member, each, f"{path}[{i}]")
    elif kind == "map":
        for key, each in value.items():
            check(shape.key, key, f"{path} key")
            check(shape.value, each, f"{path}.{key}")
    elif kind == "string" and isinstance(value, str):
        bounds(shape, len(value), path)
        if shape.enum and value not in shape.enum:
            violations.append(f"{path}: {value!r} is none of {shape.enum}")
        pattern = shape.serialization.get("pattern") or shape.metadata.get("pattern")
        if pattern and not re.fullmatch(pattern, value, re.DOTALL):
            violations.append(f"{path}: {value!r} does not match {pattern}")
    elif kind in ("integer", "long"):
        bounds(shape, value, path)


def bounds(shape, size, path):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least or most is not None and size > most:
        violations.append(f"{path}: {size} is not within {least} to {most}")


def refusal(call, **members):
    """What a call is refused with: `ConflictException 409 Agreement`; `accepted` where it is not."""
    try:
        call(**members)
    except ClientError as error:
        found = error.response
        telling = [found[key] for key in ("reason", "resourceType") if found.get(key)]
        return " ".join([found["Error"]["Code"], str(found["ResponseMetadata"]["HTTPStatusCode"]), *telling])
    return "accepted"
