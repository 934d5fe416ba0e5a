"""Cuts from the service models of botocore what requests are held against: types, required members, lengths, ranges,
patterns and enums of the operations served here. The schemas of the JavaScript SDK leave these out.

    python3 backend/wire/models/slice.py [FOLDER]

writes one JSON file for each service beside this script. FOLDER holds further models as FOLDER/SERVICE/VERSION/
service-2.json and goes before those that are installed with botocore.
"""

import gzip
import json
import re
import sys
from pathlib import Path

import botocore

HERE = Path(__file__).parent
INSTALLED = Path(botocore.__file__).parent / "data"

# The operations served, by service. IAM's are those about identities and policies.
SERVED = {
    "marketplace-catalog": r".*",
    "iam": r".*(Role|User|Group|Polic|AccessKey|InstanceProfile|AccountAlias|AccountSummary|LoginProfile).*",
    "sts": r".*",
    "ec2": r"(Describe|Modify|Reset)(Image|Snapshot)Attribute|Describe(AvailabilityZones|Images|InstanceTypeOfferings"
    r"|InstanceTypes|Regions|Snapshots|Tags|Volumes|Instances)|(Register|Deregister|Create|Copy)Image|(Create|Copy|Delete)Snapshot"
    r"|(Create|Delete)(Tags|Volume)|(Enable|Disable|Get)EbsEncryptionByDefault|(Enable|Disable)ImageDeprecation"
    r"|(Run|Start|Stop|Terminate|Reboot)Instances|(Describe|Modify)InstanceAttribute|DescribeInstanceStatus"
    r"|Describe(Vpcs|Subnets|SecurityGroups)|(Create|Delete)SecurityGroup|(Authorize|Revoke)SecurityGroupIngress"
    r"|(Create|Describe|Delete)KeyPairs?",
    "ssm": r"GetParameters?",
    "s3": r".*(Bucket|Object|Multipart|Part).*|DeletePublicAccessBlock|GetPublicAccessBlock|PutPublicAccessBlock",
    "marketplace-agreement": r".*",
    "marketplace-discovery": r".*",
    "marketplace-entitlement": r".*",
    "marketplace-deployment": r".*",
    "marketplace-reporting": r".*",
    "meteringmarketplace": r".*",
    "secretsmanager": r"GetSecretValue|DescribeSecret|ListSecrets",
}

# Services whose client is no dependency of ours: their shapes are kept too, without a word of documentation.
WITH_SHAPES = {
    "marketplace-agreement",
    "marketplace-deployment",
    "marketplace-discovery",
    "marketplace-entitlement",
    "marketplace-reporting",
    "meteringmarketplace",
    "secretsmanager",
    "ssm",
}

# Patterns that real requests break: a change may have a name of more than one letter, an entity type carries its
# version, an identifier may refer to another change, a token is longer than one character, and the details of some
# changes are a JSON array, in text as in a document.
LOOSE_PATTERNS = {
    "marketplace-catalog": {"ChangeName", "EntityType", "Identifier", "Json", "NextToken"},
}

# Lengths whose breach has an error of its own (InvalidAMIName.Malformed), which the service raises itself.
LOOSE_LENGTHS = {
    "ec2": {"ImageNameRequest", "ImageDescriptionRequest"},
}

# Enums that grow faster than models, or whose breach has an error of its own that the service raises itself.
OPEN_ENUMS = {
    "ec2": {"InstanceType", "ImageAttributeName", "SnapshotAttributeName", "OperationType", "PermissionGroup"},
    "s3": {"BucketLocationConstraint", "StorageClass", "EncodingType"},
}


def main():
    own = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for service, served in SERVED.items():
        model = load(service, own)
        sliced = slice_model(service, model, re.compile(served))
        text = write(f"{service}.json", sliced)
        if service in WITH_SHAPES:
            write(f"{service}.shapes.json", shapes_of(model, re.compile(served)))
        print(f"{service}: {len(sliced['operations'])} operations, {len(text)} bytes")


def write(name, value):
    text = json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    (HERE / name).write_text(text + "\n")
    return text


def shapes_of(model, served):
    """What tells how requests and answers look on the wire."""
    silent = ("documentation", "min", "max", "pattern", "enum", "errors", "sensitive", "idempotent", "readonly", "auth")
    keep = lambda value: (
        {key: keep(inner) for key, inner in value.items() if key not in silent or not isinstance(inner, (str, int, list))}
        if isinstance(value, dict)
        else value
    )
    operations = {name: each for name, each in model["operations"].items() if served.fullmatch(name)}
    roots = [
        part["shape"]
        for each in operations.values()
        for part in (each.get("input"), each.get("output"), *each.get("errors", []))
        if part
    ]
    reached = reach(model["shapes"], roots)
    shapes = {name: shape for name, shape in model["shapes"].items() if name in reached}
    return {"operations": keep(operations), "shapes": keep(shapes)}


def load(service, own):
    for folder in filter(None, [own, INSTALLED]):
        versions = sorted((folder / service).glob("*/service-2.json*"))
        if versions:
            raw = versions[-1].read_bytes()
            return json.loads(gzip.decompress(raw) if versions[-1].suffix == ".gz" else raw)
    raise SystemExit(f"No model of {service}.")


def slice_model(service, model, served):
    shapes = model["shapes"]
    inputs = {
        name: operation["input"]["shape"]
        for name, operation in model["operations"].items()
        if "input" in operation and served.fullmatch(name) and not operation.get("deprecated")
    }
    reached = reach(shapes, inputs.values())
    limits = {name: limits_of(service, name, shapes[name]) for name in reached}
    kept = binding(limits)
    sliced = {name: prune(limit, kept) for name, limit in limits.items() if name in kept}
    return {"operations": {k: v for k, v in inputs.items() if v in kept}, "shapes": sliced}


def reach(shapes, roots):
    found, open_names = set(), list(roots)
    while open_names:
        name = open_names.pop()
        if name in found:
            continue
        found.add(name)
        open_names += targets(shapes[name])
    return found


def targets(shape):
    if shape["type"] == "structure":
        return [member["shape"] for member in shape["members"].values()]
    if shape["type"] == "list":
        return [shape["member"]["shape"]]
    if shape["type"] == "map":
        return [shape["key"]["shape"], shape["value"]["shape"]]
    return []


def limits_of(service, name, shape):
    kind = shape["type"]
    limits = {"type": "integer" if kind == "long" else kind}
    for key in ("min", "max"):
        if key in shape and name not in LOOSE_LENGTHS.get(service, ()):
            limits[key] = shape[key]
    if shape.get("pattern") and name not in LOOSE_PATTERNS.get(service, ()):
        limits["pattern"] = shape["pattern"]
    if shape.get("enum") and name not in OPEN_ENUMS.get(service, ()):
        limits["enum"] = shape["enum"]
    if shape.get("sensitive"):
        limits["sensitive"] = True
    if kind == "structure":
        if shape.get("document"):
            return {"type": "document"}
        limits["members"] = {name: member["shape"] for name, member in shape["members"].items()}
        if shape.get("required"):
            limits["required"] = shape["required"]
        if shape.get("payload"):
            limits["payload"] = shape["payload"]
    elif kind == "list":
        limits["member"] = shape["member"]["shape"]
    elif kind == "map":
        limits["key"], limits["value"] = shape["key"]["shape"], shape["value"]["shape"]
    return limits


def binding(limits):
    """The shapes that anything can break, themselves or through what they hold."""
    kept = {
        name
        for name, limit in limits.items()
        if limit["type"] == "integer" or {"min", "max", "pattern", "enum", "required"} & limit.keys()
    }
    while True:
        more = {n for n, limit in limits.items() if n not in kept and any(t in kept for t in held(limit))}
        if not more:
            return kept
        kept |= more


def held(limit):
    return [*limit.get("members", {}).values(), *(limit[k] for k in ("member", "key", "value") if k in limit)]


def prune(limit, kept):
    pruned = dict(limit)
    if "members" in pruned:
        pruned["members"] = {name: shape for name, shape in pruned["members"].items() if shape in kept}
    for key in ("member", "key", "value"):
        if key in pruned and pruned[key] not in kept:
            del pruned[key]
    return pruned


main()
