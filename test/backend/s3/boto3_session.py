"""What a Python seller does with S3 and EC2; prints one JSON object that the test beside reads."""

import hashlib
import json
import os
import sys
import tempfile
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = sys.argv[1]
seen = {}
s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))
bucket = "example-python"
s3.create_bucket(Bucket=bucket)

content = os.urandom(11 * 1024 * 1024)
with tempfile.NamedTemporaryFile() as file:
    file.write(content)
    file.flush()
    s3.upload_file(file.name, bucket, "disk é.img", Config=TransferConfig(multipart_chunksize=5 * 1024 * 1024))
seen["etag"] = s3.head_object(Bucket=bucket, Key="disk é.img")["ETag"]
with tempfile.NamedTemporaryFile() as file:
    s3.download_file(bucket, "disk é.img", file.name)
    with open(file.name, "rb") as copy:
        seen["same"] = hashlib.sha256(copy.read()).digest() == hashlib.sha256(content).digest()

s3.put_object(Bucket=bucket, Key="a b+c/1", Body=b"text", ContentType="text/plain")
for number in range(25):
    s3.put_object(Bucket=bucket, Key=f"many/{number:02}", Body=b"x")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="many/", PaginationConfig={"PageSize": 10})
seen["paged"] = [len(page["Contents"]) for page in pages]
seen["keys"] = [each["Key"] for each in s3.list_objects(Bucket=bucket, Prefix="a")["Contents"]]

signing = Config(signature_version="s3v4", s3={"addressing_style": "path"})
links = boto3.client("s3", endpoint_url=endpoint, config=signing)
url = links.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "presigned"}, ExpiresIn=60)
urllib.request.urlopen(urllib.request.Request(url, data=b"by link", method="PUT")).read()
url = links.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "presigned"}, ExpiresIn=60)
seen["presigned"] = urllib.request.urlopen(url).read().decode()

seen["ranged"] = s3.get_object(Bucket=bucket, Key="a b+c/1", Range="bytes=1-2")["Body"].read().decode()
try:
    s3.get_object(Bucket=bucket, Key="nothing")
except s3.exceptions.NoSuchKey as error:
    seen["missing"] = error.response["Error"]["Code"]

ec2 = boto3.client("ec2", endpoint_url=endpoint)
image = ec2.describe_images(Owners=["amazon"], Filters=[{"Name": "architecture", "Values": ["arm64"]}])["Images"][0]
made = ec2.register_image(
    Name="Example Python 1",
    Architecture="arm64",
    VirtualizationType="hvm",
    EnaSupport=True,
    RootDeviceName="/dev/xvda",
    BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]}}],
)["ImageId"]
ec2.modify_image_attribute(ImageId=made, LaunchPermission={"Add": [{"UserId": "444455556666"}]})
seen["shared"] = ec2.describe_image_attribute(ImageId=made, Attribute="launchPermission")["LaunchPermissions"]
waiter = ec2.get_waiter("image_available")
waiter.wait(ImageIds=[made])
seen["types"] = sum(len(p["InstanceTypes"]) for p in ec2.get_paginator("describe_instance_types").paginate()) > 1000
try:
    ec2.describe_images(ImageIds=["ami-0123456789abcdef0"])
except ClientError as error:
    seen["unknown"] = error.response["Error"]["Code"]
try:
    ec2.deregister_image(ImageId=made, DryRun=True)
except ClientError as error:
    seen["dry"] = error.response["Error"]["Code"]
print(json.dumps(seen))
