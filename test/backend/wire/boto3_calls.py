"""Calls every protocol with boto3 and prints what came back as one JSON object. Arguments: endpoint, key id, secret.

With `--model SERVICE` it prints that service's model instead.
"""

import json
import sys
import urllib.request

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError


def main(endpoint, key, secret):
    def client(service, **config):
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(retries={"max_attempts": 0}, **config),
        )

    catalog, iam, sts, ec2, s3 = map(client, ["marketplace-catalog", "iam", "sts", "ec2", "s3"])
    agreement, entitlement, metering = map(
        client, ["marketplace-agreement", "marketplace-entitlement", "meteringmarketplace"]
    )
    found = {
        "startChangeSet": catalog.start_change_set(
            Catalog="AWSMarketplace",
            ChangeSet=[
                {
                    "ChangeType": "CreateProduct",
                    "Entity": {"Type": "AmiProduct@1.0"},
                    "DetailsDocument": {"ProductTitle": "é", "List": [1, None]},
                }
            ],
        )["ChangeSetId"],
        "typedException": refused(catalog.exceptions.ResourceInUseException, catalog.describe_entity, Catalog="AWSMarketplace", EntityId="locked"),
        "createRole": iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}", Tags=[])["Role"]["CreateDate"],
        "noSuchEntity": refused(iam.exceptions.NoSuchEntityException, iam.get_role, RoleName="r"),
        "callerIdentity": sts.get_caller_identity()["Account"],
        "images": ec2.describe_images(ImageIds=["ami-1"], Filters=[{"Name": "name", "Values": ["a b", "é&"]}])["Images"],
        "imageNotFound": refused(ClientError, ec2.describe_images, ImageIds=["ami-404"]),
        "agreements": agreement.search_agreements(catalog="AWSMarketplace", filters=[{"name": "PartyType", "values": ["Proposer"]}]),
        "entitlements": entitlement.get_entitlements(ProductCode="code", Filter={"DIMENSION": ["d"]}),
        "entitlementError": refused(entitlement.exceptions.InvalidParameterException, entitlement.get_entitlements, ProductCode="bad"),
        "metered": metering.meter_usage(ProductCode="code", Timestamp=1767323045, UsageDimension="d", UsageQuantity=3)["MeteringRecordId"],
        "meteringError": refused(metering.exceptions.InvalidUsageDimensionException, metering.meter_usage, ProductCode="code", Timestamp=1767323045, UsageDimension="bad"),
    }
    name = "eula/ü & (v1)+.txt"
    s3.create_bucket(Bucket="files")
    for checksum in ["CRC32", "SHA256", None]:
        extra = {"ChecksumAlgorithm": checksum} if checksum else {}
        s3.put_object(Bucket="files", Key=name, Body=b"hello", Metadata={"a": "b"}, **extra)
    found["object"] = s3.get_object(Bucket="files", Key=name)["Body"].read().decode()
    found["head"] = s3.head_object(Bucket="files", Key=name)["ContentLength"]
    found["missing"] = refused(s3.exceptions.NoSuchKey, s3.get_object, Bucket="files", Key="missing")
    found["missingHead"] = refused(ClientError, s3.head_object, Bucket="files", Key="missing")
    found["unknown"] = refused(ClientError, s3.get_bucket_website, Bucket="files")
    for version, presigner in {"v2": s3, "v4": client("s3", signature_version="s3v4")}.items():
        get = presigner.generate_presigned_url("get_object", {"Bucket": "files", "Key": name, "VersionId": "1 2"})
        put = presigner.generate_presigned_url("put_object", {"Bucket": "files", "Key": name, "ACL": "private"})
        over = presigner.generate_presigned_url("get_object", {"Bucket": "files", "Key": name}, ExpiresIn=-1 if version == "v2" else 0)
        # Version 2 moves the ACL into the address; version 4 signs it as a header that is still to be sent.
        headers = {"x-amz-acl": "private"} if version == "v4" else {}
        found[f"presigned-{version}"] = [fetch(get), fetch(put, b"put", headers), fetch(put)]
        found[f"unsigned-header-{version}"] = fetch(get, headers={"x-amz-acl": "private"})
        found[f"forged-{version}"] = [fetch(get.replace("v1", "v2")), fetch(get.replace("1%202", "3"))]
        found[f"expired-{version}"] = fetch(over, wait=version == "v4")
    print(json.dumps(found, default=str))


def refused(kind, call, **arguments):
    try:
        call(**arguments)
    except kind as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return "answered"


def fetch(url, body=None, headers=None, wait=False):
    if wait:
        import time

        time.sleep(1.1)
    request = urllib.request.Request(url, data=body, headers=headers or {}, method="PUT" if body else "GET")
    if body:
        request.add_header("Content-Type", "")
    try:
        with urllib.request.urlopen(request) as reply:
            return [reply.status, reply.read().decode()]
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        return [error.code, text[text.index("<Code>") + 6 : text.index("</Code>")]]


if sys.argv[1] == "--model":
    print(json.dumps(botocore.session.get_session().get_component("data_loader").load_service_model(sys.argv[2], "service-2")))
else:
    main(*sys.argv[1:])
