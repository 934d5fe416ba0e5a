import { DescribeImagesCommand, DescribeSnapshotsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  ListChangeSetsCommand,
  ListEntitiesCommand,
  MarketplaceCatalogClient,
  StartChangeSetCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import type { ConstraintModel } from "../../../backend/wire/constraints";
import { services } from "../../../backend/services";
import { wireServer } from "./wire-server";

const answerNothing = () => ({});

const server = wireServer({
  catalog: { StartChangeSet: answerNothing, ListEntities: answerNothing, ListChangeSets: answerNothing },
  iam: { CreateRole: answerNothing },
  sts: { AssumeRole: answerNothing },
  ec2: { DescribeImages: answerNothing, DescribeSnapshots: answerNothing },
  s3: { ListObjectsV2: answerNothing, DeleteObjects: answerNothing },
});

const catalog = () => server.client(MarketplaceCatalogClient);
const iam = () => server.client(IAMClient);
const sts = () => server.client(STSClient);
const ec2 = () => server.client(EC2Client);
const s3 = () => server.client(S3Client);

const Catalog = "AWSMarketplace";
const change = { ChangeType: "CreateProduct", Entity: { Type: "AmiProduct@1.0" } };

const startChanges = (length: number) =>
  catalog().send(new StartChangeSetCommand({ Catalog, ChangeSet: Array.from({ length }, () => change) }));

test.each([
  {
    what: "a range",
    input: { Catalog, EntityType: "AmiProduct", MaxResults: 51 },
    message:
      "1 validation error detected: Value '51' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50",
  },
  {
    what: "a number that is no integer",
    input: { Catalog, EntityType: "AmiProduct", MaxResults: 1.5 },
    message:
      "1 validation error detected: Value '1.5' at 'maxResults' failed to satisfy constraint: Member must be an integer",
  },
  {
    what: "a pattern",
    input: { Catalog: "AWS-Marketplace", EntityType: "AmiProduct" },
    message:
      "1 validation error detected: Value 'AWS-Marketplace' at 'catalog' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z]+$",
  },
  {
    what: "two members, one of them an enum deeper down",
    input: {
      Catalog: "",
      EntityType: "AmiProduct",
      EntityTypeSort: { AmiProductSort: { SortBy: "Colour" as "Visibility" } },
    },
    message:
      "2 validation errors detected: Value '' at 'catalog' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'Colour' at 'entityTypeSort.amiProductSort.sortBy' failed to satisfy constraint: Member must satisfy enum value set: [EntityId, LastModifiedDate, ProductTitle, Visibility]",
  },
])("the catalog refuses $what with 422", async ({ input, message }) => {
  const listing = catalog().send(new ListEntitiesCommand(input));
  await expect(listing).rejects.toMatchObject({
    name: "ValidationException",
    message,
    $metadata: { httpStatusCode: 422 },
  });
});

test("a required member that is missing is named with its place in the list", async () => {
  const nameless = { ...change, ChangeType: undefined };
  const started = catalog().send(new StartChangeSetCommand({ Catalog, ChangeSet: [change, nameless] }));
  await expect(started).rejects.toThrow(
    "1 validation error detected: Value null at 'changeSet.2.member.changeType' failed to satisfy constraint: Member must not be null",
  );
});

test("a change set may have 20 changes and not 21", async () => {
  await startChanges(20);
  await expect(startChanges(21)).rejects.toThrow("Member must have length less than or equal to 20");
});

test("names and references that the model's patterns forbid and real change sets have are let through", async () => {
  const named = { ...change, ChangeName: "CreateProductChange" };
  const Identifier = "$CreateProductChange.Entity.Identifier";
  const referring = { ...change, Entity: { Type: "AmiProduct@1.0", Identifier } };
  await catalog().send(new StartChangeSetCommand({ Catalog, ChangeSet: [named, referring] }));
  expect(server.inputs.at(-1)).toMatchObject({ ChangeSet: [named, referring] });
  await catalog().send(new ListChangeSetsCommand({ Catalog, NextToken: "eyJhIjoxfQ==" }));
  expect(server.inputs.at(-1)).toEqual({ Catalog, NextToken: "eyJhIjoxfQ==" });
});

test("IAM and STS say ValidationError", async () => {
  const role = iam().send(new CreateRoleCommand({ RoleName: "in gestion", AssumeRolePolicyDocument: "{}" }));
  await expect(role).rejects.toMatchObject({
    name: "ValidationError",
    message:
      "1 validation error detected: Value 'in gestion' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    $metadata: { httpStatusCode: 400 },
  });
  const assumed = sts().send(
    new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111122223333:role/r", RoleSessionName: "s", DurationSeconds: 60 }),
  );
  await expect(assumed).rejects.toMatchObject({ name: "ValidationError" });
});

test("EC2 names the parameter", async () => {
  const images = ec2().send(new DescribeImagesCommand({ Filters: [{ Name: "name", Values: ["a"] }], MaxResults: 1.5 }));
  await expect(images).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: /\( 1.5 \) for parameter maxResults/,
  });
  await ec2().send(new DescribeSnapshotsCommand({ MaxResults: 5 }));
});

test("S3 blames the argument, or the whole document", async () => {
  const EncodingType = "url" as const;
  await s3().send(new ListObjectsV2Command({ Bucket: "b", EncodingType, MaxKeys: 0 }));
  const listed = s3().send(new ListObjectsV2Command({ Bucket: "b", RequestPayer: "somebody" as "requester" }));
  await expect(listed).rejects.toMatchObject({ name: "InvalidArgument", $metadata: { httpStatusCode: 400 } });
  const Objects = [{ Key: "" }];
  const deleted = s3().send(new DeleteObjectsCommand({ Bucket: "b", Delete: { Objects } }));
  await expect(deleted).rejects.toMatchObject({ name: "MalformedXML" });
});

test.each(services.map((service) => [service.name, service] as const))(
  "every pattern of %s compiles, and every operation in its model is one of its schemas",
  async (_name, service) => {
    const { constraints } = (await service.constraints()) as { readonly constraints: ConstraintModel };
    const schemas = Object.values(await service.schemas()).filter((schema) => Array.isArray(schema) && schema[0] === 9);
    const operations = new Set(schemas.map((schema) => (schema as unknown[])[2]));
    expect(Object.keys(constraints.operations).filter((operation) => !operations.has(operation))).toEqual([]);
    const patterns = Object.values(constraints.shapes).flatMap(({ pattern }) =>
      pattern === undefined ? [] : [pattern],
    );
    const broken = patterns.filter((pattern) => {
      try {
        return !new RegExp(`^(?:${pattern})$`, /\\p\{/.test(pattern) ? "u" : "");
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  },
);

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
