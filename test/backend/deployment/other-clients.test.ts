import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { GetAgreementEntitlementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { openSoftwareShop } from "../catalog/software";
import { takeSeats } from "../agreement/seat-contract";

const execute = promisify(execFile);
const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
const boto3 = has("python3", "-c", "import boto3");
const awsCli = has("aws", "--version");
if (!boto3) console.warn("Skipped: boto3 is not installed, so it was not tried as a client.");
if (!awsCli) console.warn("Skipped: the aws CLI is not on PATH, so it was not tried as a client.");

const PROGRAM = `
import boto3, json, sys
from datetime import datetime, timedelta, timezone
product, code, agreement, token = sys.argv[1:]
seller, buyer = (boto3.Session(profile_name=name, region_name="us-east-1") for name in ("seller", "buyer"))
deployment, secrets = seller.client("marketplace-deployment"), buyer.client("secretsmanager")
asked = dict(catalog="AWSMarketplace", productId=product, agreementId=agreement,
    deploymentParameter={"name": "ApiKey", "secretString": "planted"}, tags={"team": "a"},
    expirationDate=datetime.now(timezone.utc) + timedelta(hours=1))
put = deployment.put_deployment_parameter(**asked)
deployment.tag_resource(resourceArn=put["resourceArn"], tags={"stage": "live"})
deployment.untag_resource(resourceArn=put["resourceArn"], tagKeys=["team"])
tags = deployment.list_tags_for_resource(resourceArn=put["resourceArn"])["tags"]
listed = [one["Name"] for page in secrets.get_paginator("list_secrets").paginate() for one in page["SecretList"]]
value = secrets.get_secret_value(SecretId=listed[0])
described = secrets.describe_secret(SecretId=value["ARN"])
metering = seller.client("meteringmarketplace")
customer = metering.resolve_customer(RegistrationToken=token)
entitled = seller.client("marketplace-entitlement").get_entitlements(ProductCode=code,
    Filter={"CUSTOMER_IDENTIFIER": [customer["CustomerIdentifier"]]})["Entitlements"]
arn = "arn:aws:aws-marketplace::444455556666:AWSMarketplace/ReportingData/Agreement_V1/Dashboard/AgreementSummary_V1"
reporting = buyer.client("marketplace-reporting")
dashboard = reporting.get_buyer_dashboard(dashboardIdentifier=arn, embeddingDomains=["https://example.com"])
errors = []
def refused(exception, call):
    try: call()
    except exception as error: errors.append(error.response["Error"]["Code"])
refused(deployment.exceptions.ValidationException, lambda: deployment.put_deployment_parameter(
    **{**asked, "expirationDate": datetime(2020, 1, 1)}))
refused(deployment.exceptions.ResourceNotFoundException, lambda: deployment.put_deployment_parameter(
    **{**asked, "agreementId": "agmt-1"}))
refused(secrets.exceptions.ResourceNotFoundException, lambda: secrets.get_secret_value(SecretId="nothing"))
refused(metering.exceptions.InvalidTokenException, lambda: metering.resolve_customer(RegistrationToken="nothing"))
refused(reporting.exceptions.AccessDeniedException, lambda: reporting.get_buyer_dashboard(
    dashboardIdentifier=arn.replace("444455556666", "111122223333"), embeddingDomains=["https://example.com"]))
print(json.dumps({"tags": tags, "listed": listed, "value": value["SecretString"], "owner": described["OwningService"],
    "created": isinstance(described["CreatedDate"], datetime), "customer": customer["CustomerAWSAccountId"],
    "entitled": [one["Dimension"] for one in entitled], "url": dashboard["embedUrl"], "errors": errors}))
`;

function environment({ configFile, credentialsFile }: RunningMarketplace) {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
}

async function bought() {
  const shop = await openSoftwareShop();
  const agreementId = await shop.buy(shop.offerId, takeSeats);
  const { agreementEntitlements = [] } = await shop.agreements.send(
    new GetAgreementEntitlementsCommand({ agreementId }),
  );
  return { ...shop, agreementId, token: agreementEntitlements[0]?.registrationToken ?? "" };
}

test.skipIf(!boto3)(
  "boto3 passes parameters, reads secrets, resolves customers and asks for dashboards",
  { timeout: 60_000 },
  async () => {
    const { market, productId, ProductCode, agreementId, token } = await bought();
    const args = ["-c", PROGRAM, productId, ProductCode, agreementId, token];
    const { stdout } = await execute("python3", args, { env: environment(market) });
    const { url, ...said } = JSON.parse(stdout) as { readonly url: string };
    expect(said).toEqual({
      tags: { stage: "live" },
      listed: [`marketplace-deployment!${productId}/ApiKey`],
      value: "planted",
      owner: "marketplace-deployment",
      created: true,
      customer: "444455556666",
      entitled: ["seats"],
      errors: [
        "ValidationException",
        "ResourceNotFoundException",
        "ResourceNotFoundException",
        "InvalidTokenException",
        "AccessDeniedException",
      ],
    });
    expect(await (await fetch(url)).text()).toContain(agreementId);
  },
);

test.skipIf(!awsCli)("the aws CLI passes a parameter, and the buyer reads it", { timeout: 60_000 }, async () => {
  const { market, productId, agreementId } = await bought();
  const aws = async (profile: string, ...args: string[]) => {
    const all = ["--profile", profile, "--output", "json", ...args];
    const { stdout } = await execute("aws", all, { env: environment(market) });
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const options = {
    catalog: "AWSMarketplace",
    "product-id": productId,
    "agreement-id": agreementId,
    "deployment-parameter": JSON.stringify({ name: "ApiKey", secretString: "planted" }),
  };
  const named = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const put = await aws("seller", "marketplace-deployment", "put-deployment-parameter", ...named);
  expect(put).toMatchObject({ agreementId, deploymentParameterId: expect.stringMatching(/^dp-/) });
  const SecretId = `marketplace-deployment!${productId}/ApiKey`;
  expect(await aws("buyer", "secretsmanager", "get-secret-value", "--secret-id", SecretId)).toMatchObject({
    SecretString: "planted",
  });
});
