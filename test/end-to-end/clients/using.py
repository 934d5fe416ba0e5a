"""What buyers and sellers do with what was bought: images, instances, entitlements, usage, and the people who may."""
import json
import sys

import boto3
from botocore.config import Config

from judged import clients, judge, refusal, violations

given = json.loads(sys.argv[1])
ec2, ssm, iam, sts = clients("buyer", "ec2", "ssm", "iam", "sts")
(others_ec2,) = clients("partner", "ec2")
entitlements, metering = clients("seller", "marketplace-entitlement", "meteringmarketplace")
seen = {}
product, code = given["productId"], given["productCode"]

# The image behind a version, by its alias.
alias = f"/aws/service/marketplace/{product}/latest"
found = ssm.get_parameter(Name=alias)["Parameter"]
seen["alias"] = [found["Name"] == alias, found["DataType"], found["Value"][:4], found["LastModifiedDate"].tzinfo is not None]
both = ssm.get_parameters(Names=[alias, "/none"])
seen["parameters"] = [len(both["Parameters"]), both["InvalidParameters"]]
seen["noParameter"] = refusal(ssm.get_parameter, Name="/none")
image = found["Value"]
described = ec2.describe_images(ImageIds=[image])["Images"][0]
seen["image"] = [described["ProductCodes"], described["ImageOwnerAlias"], described["State"]]

# Instances of it.
subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"] if ec2.describe_subnets()["Subnets"] else None
if subnet is None:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
wish = {"MinCount": 1, "MaxCount": 1, "InstanceType": "m5.large", "SubnetId": subnet}
seen["notSubscribed"] = refusal(others_ec2.run_instances, ImageId=image, MinCount=1, MaxCount=1, InstanceType="m5.large")
seen["otherType"] = refusal(ec2.run_instances, **{**wish, "InstanceType": "c5.large"}, ImageId=image)
instance = ec2.run_instances(**wish, ImageId=f"resolve:ssm:{alias}")["Instances"][0]
ids = [instance["InstanceId"]]
quick = {"Delay": 1, "MaxAttempts": 5}
ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=quick)
ec2.stop_instances(InstanceIds=ids)
ec2.get_waiter("instance_stopped").wait(InstanceIds=ids, WaiterConfig=quick)
ec2.start_instances(InstanceIds=ids)
ec2.terminate_instances(InstanceIds=ids)
ec2.get_waiter("instance_terminated").wait(InstanceIds=ids, WaiterConfig=quick)
running = ec2.describe_instances(Filters=[{"Name": "product-code", "Values": [code]}])["Reservations"][0]["Instances"][0]
seen["instance"] = [running["State"]["Name"], running["ProductCodes"] == described["ProductCodes"], running["ImageId"] == image]

# What the seller sees of it.
pages = entitlements.get_paginator("get_entitlements").paginate(ProductCode=code, PaginationConfig={"PageSize": 1})
mine = [one for page in pages for one in page["Entitlements"]]
seen["entitlements"] = [
    [one["Dimension"], one["Value"], one["CustomerAWSAccountId"], one["ExpirationDate"].tzinfo is not None] for one in mine
]
account = {"ProductCode": code, "Filter": {"CUSTOMER_AWS_ACCOUNT_ID": ["777788889999"]}}
seen["strangersEntitlements"] = entitlements.get_entitlements(**account)["Entitlements"]
seen["noProduct"] = refusal(entitlements.get_entitlements, ProductCode="none")
seen["tooMany"] = refusal(entitlements.get_entitlements, ProductCode=code, MaxResults=26)

seen["metering"] = {
    "noToken": refusal(metering.resolve_customer, RegistrationToken="none"),
    "noCustomer": refusal(metering.batch_meter_usage, ProductCode="none", UsageRecords=[]),
    "noDimension": refusal(metering.meter_usage, ProductCode=code, UsageDimension="none", Timestamp=1.0),
    "noContainer": refusal(metering.register_usage, ProductCode=code, PublicKeyVersion=1),
}

# The people of the buyer.
user = iam.create_user(UserName="analyst")["User"]["Arn"]
iam.create_group(GroupName="viewers")
iam.add_user_to_group(GroupName="viewers", UserName="analyst")
iam.attach_group_policy(GroupName="viewers", PolicyArn="arn:aws:iam::aws:policy/AWSMarketplaceRead-only")
key = iam.create_access_key(UserName="analyst")["AccessKey"]
session = boto3.Session(profile_name="buyer")
session.events.register("after-call", judge)
settings = {
    "aws_access_key_id": key["AccessKeyId"],
    "aws_secret_access_key": key["SecretAccessKey"],
    "config": Config(retries={"max_attempts": 1}),
}
party = [{"name": "PartyType", "values": ["Acceptor"]}, {"name": "AgreementType", "values": ["PurchaseAgreement"]}]
analyst, browsing = (session.client(name, **settings) for name in ("marketplace-agreement", "marketplace-discovery"))
seen["identity"] = session.client("sts", **settings).get_caller_identity()["Arn"] == user
seen["mayLook"] = browsing.search_listings(searchText="log agent")["totalResults"] > 0
seen["mayNotSearch"] = refusal(analyst.search_agreements, filters=party)
seen["mayNotBuy"] = refusal(
    analyst.create_agreement_request, intent="NEW", agreementProposalIdentifier="at-1", requestedTerms=[{"id": "t"}]
)
trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": user}, "Action": "sts:AssumeRole"}]}
role = iam.create_role(RoleName="buyers", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
iam.attach_role_policy(RoleName="buyers", PolicyArn="arn:aws:iam::aws:policy/AWSMarketplaceFullAccess")
assumed = session.client("sts", **settings).assume_role(RoleArn=role, RoleSessionName="today")
keys = assumed["Credentials"]
buying = session.client(
    "marketplace-agreement",
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretAccessKey"],
    aws_session_token=keys["SessionToken"],
)
seen["roleMayBuy"] = refusal(
    buying.create_agreement_request, intent="NEW", agreementProposalIdentifier="at-1", requestedTerms=[{"id": "t"}]
)
seen["role"] = [assumed["AssumedRoleUser"]["Arn"].split(":")[-1], refusal(sts.assume_role, RoleArn=role, RoleSessionName="elsewhere")]
pages = iam.get_paginator("list_groups_for_user").paginate(UserName="analyst", PaginationConfig={"PageSize": 1})
seen["groups"] = [one["GroupName"] for page in pages for one in page["Groups"]]
seen["violations"] = violations
print(json.dumps(seen, default=str))
