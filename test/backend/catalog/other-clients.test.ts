import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openCatalog } from "./catalog-market";

const execute = promisify(execFile);

function runs(command: string, ...parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

const BOTO3 = runs("python3", "-c", "import boto3");
const AWS_CLI = runs("aws", "--version");
if (!BOTO3) console.log("Skipped: boto3 is not installed.");
if (!AWS_CLI) console.log("Skipped: the aws CLI is not installed.");

const PROGRAM = `
import boto3, json, time
catalog = boto3.client("marketplace-catalog", region_name="us-east-1")
started = catalog.start_change_set(Catalog="AWSMarketplace", ChangeSet=[
    {"ChangeType": "CreateProduct", "Entity": {"Type": "AmiProduct@1.0"}, "ChangeName": "Product",
     "DetailsDocument": {"ProductTitle": "Log Agent"}},
    {"ChangeType": "AddRegions", "Entity": {"Type": "AmiProduct@1.0", "Identifier": "$Product.Entity.Identifier"},
     "Details": json.dumps({"Regions": ["us-east-1"]})}])
while True:
    described = catalog.describe_change_set(Catalog="AWSMarketplace", ChangeSetId=started["ChangeSetId"])
    if described["Status"] not in ("PREPARING", "APPLYING"): break
    time.sleep(0.02)
product = described["ChangeSet"][0]["Entity"]["Identifier"].split("@")[0]
entity = catalog.describe_entity(Catalog="AWSMarketplace", EntityId=product)
names = [summary["Name"] for page in catalog.get_paginator("list_entities").paginate(
    Catalog="AWSMarketplace", EntityType="AmiProduct", PaginationConfig={"PageSize": 1})
    for summary in page["EntitySummaryList"]]
errors = []
for call in (
    lambda: catalog.describe_entity(Catalog="AWSMarketplace", EntityId="prod-aaaaaaaaaaaaa"),
    lambda: catalog.start_change_set(Catalog="AWSMarketplace", ChangeSet=[
        {"ChangeType": "CreateProduct", "Entity": {"Type": "AmiProduct@1.0"}, "DetailsDocument": {"Colour": "red"}}])):
    try: call()
    except (catalog.exceptions.ResourceNotFoundException, catalog.exceptions.ValidationException) as error:
        errors.append(error.response["Error"]["Code"])
print(json.dumps({"status": described["Status"], "title": entity["DetailsDocument"]["Description"]["ProductTitle"],
                  "names": names, "errors": errors}))
`;

async function environment() {
  const { market } = await openCatalog();
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "seller") ?? {};
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

test.skipIf(!BOTO3)("boto3 starts and follows change sets, lists, describes, and gets typed exceptions", async () => {
  const { stdout } = await execute("python3", ["-c", PROGRAM], { env: await environment() });
  expect(JSON.parse(stdout)).toEqual({
    status: "SUCCEEDED",
    title: "Log Agent",
    names: ["Log Agent"],
    errors: ["ResourceNotFoundException", "ValidationException"],
  });
});

test.skipIf(!AWS_CLI)(
  "the aws CLI starts a change set and lists what it made",
  async () => {
    const env = await environment();
    const aws = async (...parameters: string[]) => {
      const { stdout } = await execute("aws", ["marketplace-catalog", ...parameters, "--output", "json"], { env });
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const change = {
      ChangeType: "CreateProduct",
      Entity: { Type: "AmiProduct@1.0" },
      Details: JSON.stringify({ ProductTitle: "Log Agent" }),
    };
    const started = await aws(
      "start-change-set",
      "--catalog",
      "AWSMarketplace",
      "--change-set",
      JSON.stringify([change]),
    );
    expect(started["ChangeSetId"]).toMatch(/^[a-z0-9]{25}$/);
    const listed = await aws("list-entities", "--catalog", "AWSMarketplace", "--entity-type", "AmiProduct");
    expect(listed).toMatchObject({ EntitySummaryList: [{ Name: "Log Agent", EntityType: "AmiProduct" }] });
  },
  60_000,
);
