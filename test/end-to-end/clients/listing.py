"""A seller's listing from nothing to Limited and back to the details, with boto3 alone. Prints what it saw as JSON."""
import json
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

session = boto3.Session(profile_name="seller")
CATALOG = "AWSMarketplace"
seen = {}


def client(name):
    return session.client(name, config=Config(retries={"max_attempts": 1}))


def error_of(call):
    try:
        call()
    except ClientError as error:
        return [type(error).__name__, error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


sts, iam, ec2, s3, catalog = (client(name) for name in ("sts", "iam", "ec2", "s3", "marketplace-catalog"))

identity = sts.get_caller_identity()
seen["account"] = identity["Account"]

trust = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "assets.marketplace.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
role = iam.create_role(RoleName="ingestion", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
iam.attach_role_policy(RoleName="ingestion", PolicyArn="arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion")
seen["trust"] = iam.get_role(RoleName="ingestion")["Role"]["AssumeRolePolicyDocument"]
seen["attached"] = [p["PolicyName"] for p in iam.list_attached_role_policies(RoleName="ingestion")["AttachedPolicies"]]
seen["roleTwice"] = error_of(lambda: iam.create_role(RoleName="ingestion", AssumeRolePolicyDocument=json.dumps(trust)))
seen["noRole"] = error_of(lambda: iam.get_role(RoleName="nobody"))

volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=8)
snapshot = ec2.create_snapshot(VolumeId=volume["VolumeId"])["SnapshotId"]
image = ec2.register_image(
    Name="Example Log Agent 1.0",
    Architecture="x86_64",
    VirtualizationType="hvm",
    EnaSupport=True,
    RootDeviceName="/dev/xvda",
    BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": snapshot}}],
)["ImageId"]
described = ec2.describe_images(ImageIds=[image])["Images"][0]
seen["image"] = [described["Name"], described["State"], described["OwnerId"]]
seen["noImage"] = error_of(lambda: ec2.describe_images(ImageIds=["ami-0123456789abcdef0"]))
seen["regions"] = len(ec2.describe_regions()["Regions"]) > 15

s3.create_bucket(Bucket="example-listing-files")
s3.put_object(Bucket="example-listing-files", Key="logo.png", Body=b"\x89PNG not really", ContentType="image/png")
url = s3.generate_presigned_url("get_object", Params={"Bucket": "example-listing-files", "Key": "logo.png"})
seen["presigned"] = urllib.request.urlopen(url).read().decode("latin-1")
seen["noKey"] = error_of(lambda: s3.get_object(Bucket="example-listing-files", Key="absent"))


def change(change_type, entity, details, name=None):
    body = {"ChangeType": change_type, "Entity": entity, "DetailsDocument": details}
    return {**body, "ChangeName": name} if name else body


PRODUCT = {"Type": "AmiProduct@1.0", "Identifier": "$product.Entity.Identifier"}
OFFER = {"Type": "Offer@1.0", "Identifier": "$offer.Entity.Identifier"}
version = {
    "Version": {"VersionTitle": "1.0", "ReleaseNotes": "First release."},
    "DeliveryOptions": [
        {
            "Details": {
                "AmiDeliveryOptionDetails": {
                    "AmiSource": {
                        "AmiId": image,
                        "AccessRoleArn": role["Arn"],
                        "UserName": "ec2-user",
                        "OperatingSystemName": "AMAZONLINUX",
                        "OperatingSystemVersion": "2023",
                    },
                    "UsageInstructions": "Connect with SSH as ec2-user.",
                    "RecommendedInstanceType": "m5.large",
                    "SecurityGroups": [{"FromPort": 22, "ToPort": 22, "IpProtocol": "tcp", "IpRanges": ["10.0.0.0/8"]}],
                }
            }
        }
    ],
}
prices = {"m5.large": "0.10", "m5.xlarge": "0.20"}
changes = [
    change("CreateProduct", {"Type": "AmiProduct@1.0"}, {"ProductTitle": "Example Log Agent"}, "product"),
    change(
        "UpdateInformation",
        PRODUCT,
        {
            "ShortDescription": "Collects logs.",
            "LongDescription": "Collects logs and ships them where you want them.",
            "LogoUrl": "https://example-listing-files.s3.amazonaws.com/logo.png",
            "Highlights": ["Small and quick"],
            "AdditionalResources": [{"Text": "Guide", "Url": "https://www.example.com/guide"}],
            "SupportDescription": "support@example.com",
            "Categories": ["Log Analysis"],
            "SearchKeywords": ["logs"],
        },
    ),
    change("AddRegions", PRODUCT, {"Regions": ["us-east-1", "eu-west-1"]}),
    change("AddInstanceTypes", PRODUCT, {"InstanceTypes": list(prices)}),
    change("AddDeliveryOptions", PRODUCT, version),
    change(
        "AddDimensions",
        PRODUCT,
        [{"Key": key, "Name": key, "Description": key, "Unit": "Hrs", "Types": ["Metered"]} for key in prices],
    ),
    change("UpdateTargeting", PRODUCT, {"PositiveTargeting": {"BuyerAccounts": ["444455556666"]}}),
    change("ReleaseProduct", PRODUCT, {}),
    change("CreateOffer", {"Type": "Offer@1.0"}, {"ProductId": "$product.Entity.Identifier"}, "offer"),
    change("UpdateInformation", OFFER, {"Name": "Public offer", "Description": "Hourly"}),
    change(
        "UpdatePricingTerms",
        OFFER,
        {
            "PricingModel": "Usage",
            "Terms": [
                {
                    "Type": "UsageBasedPricingTerm",
                    "CurrencyCode": "USD",
                    "RateCards": [{"RateCard": [{"DimensionKey": key, "Price": price} for key, price in prices.items()]}],
                }
            ],
        },
    ),
    change("UpdateLegalTerms", OFFER, {"Terms": [{"Type": "LegalTerm", "Documents": [{"Type": "StandardEula", "Version": "2022-07-14"}]}]}),
    change("UpdateSupportTerms", OFFER, {"Terms": [{"Type": "SupportTerm", "RefundPolicy": "No refunds."}]}),
    change("ReleaseOffer", OFFER, {}),
]


def follow(change_set_id):
    for _ in range(200):
        answer = catalog.describe_change_set(Catalog=CATALOG, ChangeSetId=change_set_id)
        if answer["Status"] in ("SUCCEEDED", "FAILED", "CANCELLED"):
            return answer
        time.sleep(0.05)
    sys.exit("the change set never ended")


started = catalog.start_change_set(Catalog=CATALOG, ChangeSet=changes, ChangeSetName="New listing")
ended = follow(started["ChangeSetId"])
seen["status"] = ended["Status"]
seen["errors"] = [[c["ChangeType"], c.get("ErrorDetailList")] for c in ended["ChangeSet"] if c.get("ErrorDetailList")]
product_id = ended["ChangeSet"][0]["Entity"]["Identifier"].split("@")[0]

entity = catalog.describe_entity(Catalog=CATALOG, EntityId=product_id)
seen["visibility"] = entity["DetailsDocument"]["Description"]["Visibility"]
seen["sameDetails"] = json.loads(entity["Details"]) == entity["DetailsDocument"]
listed = catalog.list_entities(
    Catalog=CATALOG, EntityType="AmiProduct", EntityTypeFilters={"AmiProductFilters": {"EntityId": {"ValueList": [product_id]}}}
)["EntitySummaryList"]
seen["listed"] = [[e["EntityType"], e["Name"], e["AmiProductSummary"]["Visibility"]] for e in listed]
seen["offers"] = [e["OfferSummary"]["State"] for e in catalog.list_entities(Catalog=CATALOG, EntityType="Offer")["EntitySummaryList"]]

seen["noEntity"] = error_of(lambda: catalog.describe_entity(Catalog=CATALOG, EntityId="prod-aaaaaaaaaaaaa"))
seen["badChange"] = error_of(
    lambda: catalog.start_change_set(
        Catalog=CATALOG, ChangeSet=[change("AddRegions", {"Type": "AmiProduct@1.0", "Identifier": product_id}, {"Regions": []})]
    )
)
wrong = {"PricingModel": "Usage", "Terms": [{"Type": "UsageBasedPricingTerm", "CurrencyCode": "USD", "RateCards": [{"RateCard": [{"DimensionKey": "m7g.large", "Price": "1"}]}]}]}
offer_id = ended["ChangeSet"][8]["Entity"]["Identifier"].split("@")[0]
failed = follow(
    catalog.start_change_set(
        Catalog=CATALOG,
        ChangeSet=[change("UpdatePricingTerms", {"Type": "Offer@1.0", "Identifier": offer_id}, wrong)],
    )["ChangeSetId"]
)
seen["failed"] = [failed["Status"], failed["FailureCode"], len(failed["ChangeSet"][0]["ErrorDetailList"]) > 0]

stranger = boto3.Session(profile_name="buyer").client("marketplace-catalog", config=Config(retries={"max_attempts": 1}))
seen["otherAccount"] = error_of(lambda: stranger.describe_entity(Catalog=CATALOG, EntityId=product_id))
forger = boto3.Session(
    aws_access_key_id=session.get_credentials().access_key, aws_secret_access_key="wrong" * 8, region_name="us-east-1"
).client("marketplace-catalog", endpoint_url=catalog.meta.endpoint_url, config=Config(retries={"max_attempts": 1}))
seen["wrongSecret"] = error_of(lambda: forger.list_entities(Catalog=CATALOG, EntityType="AmiProduct"))

print(json.dumps(seen))
