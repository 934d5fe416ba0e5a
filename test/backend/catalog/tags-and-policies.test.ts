import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  ListTagsForResourceCommand,
  PutResourcePolicyCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { madeBy, openCatalog } from "./catalog-market";
import { createProduct } from "./listing";

const ARN = "arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace";

async function openTags() {
  const opened = await openCatalog();
  const { catalog } = opened;
  return {
    ...opened,
    tag: (ResourceArn: string, Tags: Tag[]) => catalog.send(new TagResourceCommand({ ResourceArn, Tags })),
    untag: (ResourceArn: string, TagKeys: string[]) => catalog.send(new UntagResourceCommand({ ResourceArn, TagKeys })),
    tags: async (ResourceArn: string) => (await catalog.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags,
  };
}

test("a change set and the entity that it makes can be tagged as they are made", async () => {
  const { run, tags } = await openTags();
  const changeSet = await run([{ ...createProduct("Log Agent"), EntityTags: [{ Key: "team", Value: "logs" }] }], {
    ChangeSetTags: [{ Key: "release", Value: "1.0" }],
  });
  expect(await tags(`${ARN}/AmiProduct/${madeBy(changeSet)}`)).toEqual([{ Key: "team", Value: "logs" }]);
  expect(await tags(`${ARN}/ChangeSet/${changeSet.ChangeSetId}`)).toEqual([{ Key: "release", Value: "1.0" }]);
});

test("tags are added, replaced and taken away", async () => {
  const { draft, tag, untag, tags } = await openTags();
  const arn = `${ARN}/AmiProduct/${await draft("Log Agent")}`;
  expect(await tags(arn)).toEqual([]);
  await tag(arn, [
    { Key: "b", Value: "1" },
    { Key: "a", Value: "" },
  ]);
  await tag(arn, [{ Key: "b", Value: "2" }]);
  expect(await tags(arn)).toEqual([
    { Key: "a", Value: "" },
    { Key: "b", Value: "2" },
  ]);
  await untag(arn, ["a", "never there"]);
  expect(await tags(arn)).toEqual([{ Key: "b", Value: "2" }]);
});

test("a resource has at most 50 tags, no key twice, and none of AWS's own", async () => {
  const { draft, tag, tags } = await openTags();
  const arn = `${ARN}/AmiProduct/${await draft("Log Agent")}`;
  const many = Array.from({ length: 50 }, (_, index) => ({ Key: `key-${index}`, Value: "1" }));
  await tag(arn, many);
  for (const wrong of [
    [{ Key: "one-more", Value: "1" }],
    [
      { Key: "key-1", Value: "1" },
      { Key: "key-1", Value: "2" },
    ],
    [{ Key: "aws:own", Value: "1" }],
  ]) {
    await expect(tag(arn, wrong)).rejects.toMatchObject({ name: "ValidationException" });
  }
  expect(await tags(arn)).toHaveLength(50);
});

test("a resource that is not there, is of another type, or is another account's, is not found", async () => {
  const { draft, tags, as } = await openTags();
  const id = await draft("Log Agent");
  for (const arn of [`${ARN}/AmiProduct/prod-aaaaaaaaaaaaa`, `${ARN}/Offer/${id}`, `${ARN}/ChangeSet/${id}`]) {
    await expect(tags(arn)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  }
  const partner = as("partner").catalog.send(
    new ListTagsForResourceCommand({ ResourceArn: `${ARN}/AmiProduct/${id}` }),
  );
  await expect(partner).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("an entity's policy is put, read and deleted", async () => {
  const { draft, catalog } = await openTags();
  const ResourceArn = `${ARN}/AmiProduct/${await draft("Log Agent")}`;
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "777788889999" },
        Action: "aws-marketplace:DescribeEntity",
        Resource: ResourceArn,
      },
    ],
  });
  const read = () => catalog.send(new GetResourcePolicyCommand({ ResourceArn }));
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await catalog.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  expect((await read()).Policy).toBe(Policy);
  await catalog.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(catalog.send(new DeleteResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test.each([
  ["no JSON", "{ Statement"],
  ["no object", "[]"],
  ["no statement", '{"Version":"2012-10-17"}'],
  ["an empty list of statements", '{"Statement":[]}'],
  ["an unknown version", '{"Version":"2024-01-01","Statement":[]}'],
  ["an unknown effect", '{"Statement":{"Effect":"Maybe","Principal":"*","Action":"*"}}'],
  ["nobody it is for", '{"Statement":{"Effect":"Allow","Action":"*"}}'],
  ["nothing it allows", '{"Statement":{"Effect":"Allow","Principal":"*"}}'],
])("a policy with %s is refused", async (_, Policy) => {
  const { draft, catalog } = await openTags();
  const ResourceArn = `${ARN}/AmiProduct/${await draft("Log Agent")}`;
  await expect(catalog.send(new PutResourcePolicyCommand({ ResourceArn, Policy }))).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("policy"),
  });
});
