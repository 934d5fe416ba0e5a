"""What a Python program sees of IAM and STS. Run by python-client.test.ts; prints one JSON object."""

import json

import boto3

session = boto3.Session(profile_name="seller")
iam, sts = session.client("iam"), session.client("sts")
seen = {}


def allow(action, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, **more}]})


trust = allow("sts:AssumeRole", Principal={"AWS": "arn:aws:iam::111122223333:root"})
iam.create_role(RoleName="Deploy", AssumeRolePolicyDocument=trust, Tags=[{"Key": "größe", "Value": "süß @ home"}])
iam.get_waiter("role_exists").wait(RoleName="Deploy")
role = iam.get_role(RoleName="Deploy")["Role"]
seen["trust"] = role["AssumeRolePolicyDocument"]
seen["tags"] = role["Tags"]

policy = iam.create_policy(PolicyName="Files", PolicyDocument=allow("s3:*", Resource="*"))["Policy"]
iam.get_waiter("policy_exists").wait(PolicyArn=policy["Arn"])
iam.attach_role_policy(RoleName="Deploy", PolicyArn=policy["Arn"])
pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 3})
seen["policies"] = [one["PolicyName"] for page in pages for one in page["Policies"]]

for name, call in {
    "missing": lambda: iam.get_role(RoleName="None"),
    "exists": lambda: iam.create_policy(PolicyName="Files", PolicyDocument=allow("s3:*", Resource="*")),
    "malformed": lambda: iam.put_role_policy(RoleName="Deploy", PolicyName="P", PolicyDocument="{}"),
    "conflict": lambda: iam.delete_policy(PolicyArn=policy["Arn"]),
}.items():
    try:
        call()
    except iam.exceptions.ClientError as error:
        seen[name] = type(error).__name__

assumed = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="python")["Credentials"]
as_role = boto3.Session(
    aws_access_key_id=assumed["AccessKeyId"],
    aws_secret_access_key=assumed["SecretAccessKey"],
    aws_session_token=assumed["SessionToken"],
    region_name="us-east-1",
).client("sts", endpoint_url=sts.meta.endpoint_url)
seen["session"] = as_role.get_caller_identity()["Arn"]

print(json.dumps(seen))
