import { expect, test } from "vitest";
import { everything, openShop } from "../../agreement/buyer";
import { deployerOf, deployerWith, type Reply } from "../../deployment/deployer";
import { allow, BUYER, peopleOf, SELLER } from "../people";

const PUT = "aws-marketplace:PutDeploymentParameter";
const TAG = "aws-marketplace:TagResource";

async function open() {
  const { market, buy, offerId, productId } = await openShop();
  const agreementId = await buy(offerId, everything);
  const body = { agreementId, deploymentParameter: { name: "ApiKey", secretString: "planted" } };
  const { body: made } = await deployerOf(market, "seller").put(productId, { ...body, tags: { team: "a" } });
  const personOf = (account: string) => {
    const { person } = peopleOf(market, account);
    return async (...rights: readonly (object | string)[]) => deployerWith(await person(...rights));
  };
  return { productId, body, arn: String(made["resourceArn"]), seller: personOf("seller"), buyer: personOf("buyer") };
}

function ofTeam(team: string) {
  return { Condition: { StringEquals: { "aws:ResourceTag/team": team } } };
}

async function said(reply: Promise<Reply>): Promise<unknown> {
  const { status, body } = await reply;
  return status < 300 ? "allowed" : body["message"];
}

test("a parameter is put where its product's parameters are granted, and with tags where tagging is", async () => {
  const { productId, body, seller } = await open();
  const Resource = `arn:aws:aws-marketplace:us-east-1:${SELLER}:DeploymentParameter:catalogs/AWSMarketplace/products/${productId}/*`;
  const putter = await seller(allow(PUT, { Resource }));
  expect(await said(putter.put(productId, body))).toBe("allowed");
  expect(await said(putter.put(productId, { ...body, tags: { team: "a" } }))).toMatch(
    /is not authorized to perform: aws-marketplace:TagResource on resource: arn:aws:aws-marketplace:.*products/,
  );
  const tagger = await seller(allow([PUT, TAG], { Condition: { StringEquals: { "aws:RequestTag/team": "a" } } }));
  expect(await said(tagger.put(productId, { ...body, tags: { team: "a" } }))).toBe("allowed");
  expect(await said(tagger.put(productId, { ...body, tags: { team: "b" } }))).toMatch(/not authorized/);
  const other = await seller(allow(PUT, { Resource: Resource.replace(productId, "prod-other") }));
  expect(await said(other.put(productId, body))).toMatch(/aws-marketplace:PutDeploymentParameter on resource/);
});

test("tags of a parameter are read and changed by its ARN and by its own tags", async () => {
  const { arn, seller } = await open();
  const reader = await seller(allow("aws-marketplace:ListTagsForResource", { Resource: arn }));
  expect(await said(reader.tags(arn))).toBe("allowed");
  expect(await said(reader.tag(arn, { stage: "live" }))).toMatch(/aws-marketplace:TagResource/);
  expect(await said((await seller(allow(TAG, ofTeam("b")))).tag(arn, { stage: "live" }))).toMatch(/not authorized/);
  expect(await said((await seller(allow(TAG, ofTeam("a")))).tag(arn, { stage: "live" }))).toBe("allowed");
});

test("a secret is read where its ARN is granted, and listing takes a right of its own", async () => {
  const { productId, buyer } = await open();
  const SecretId = `marketplace-deployment!${productId}/ApiKey`;
  const GET = "secretsmanager:GetSecretValue";
  const Resource = `arn:aws:secretsmanager:us-east-1:${BUYER}:secret:marketplace-deployment!${productId}/*`;
  const reader = await buyer(allow(GET, { Resource }));
  expect(await said(reader.secrets("GetSecretValue", { SecretId }))).toBe("allowed");
  expect(await said(reader.secrets("DescribeSecret", { SecretId }))).toMatch(
    /secretsmanager:DescribeSecret on resource: arn:aws:secretsmanager:us-east-1:444455556666:secret:marketplace-/,
  );
  expect(await said(reader.secrets("ListSecrets", {}))).toMatch(/secretsmanager:ListSecrets on resource: \*/);
  const other = await buyer(allow(GET, { Resource: Resource.replace(productId, "prod-other") }));
  expect(await said(other.secrets("GetSecretValue", { SecretId }))).toMatch(/not authorized/);
});

test("a dashboard is asked for where it is granted", async () => {
  const { buyer } = await open();
  const dashboards = `arn:aws:aws-marketplace::${BUYER}:AWSMarketplace/ReportingData`;
  const costs = `${dashboards}/BillingEvent_V1/Dashboard/CostAnalysis_V1`;
  const analyst = await buyer(allow("aws-marketplace:GetBuyerDashboard", { Resource: costs }));
  expect(await said(analyst.dashboard(costs))).toBe("allowed");
  expect(await said(analyst.dashboard(`${dashboards}/Agreement_V1/Dashboard/AgreementSummary_V1`))).toMatch(
    /aws-marketplace:GetBuyerDashboard on resource: arn:aws:aws-marketplace::444455556666/,
  );
});
