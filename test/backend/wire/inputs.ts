import * as fc from "fast-check";
import type { ConstraintModel, Limits } from "../../../backend/wire/constraints";
import type { Member, Shape } from "../../../backend/wire/shape";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "assets.marketplace.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const permissions = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Values that get past the first check, by what the member's name says it is. */
const plausible: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/PolicyDocument|PolicyInput|^Policy$/, [policy, permissions]],
  [/PolicyArn|PermissionsBoundary/, ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/p1"]],
  [/RoleArn/, ["arn:aws:iam::111122223333:role/n1", "arn:aws:iam::444455556666:role/n1"]],
  [
    /Arn$|ARN$/i,
    [
      "arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/AmiProduct/prod-1",
      "arn:aws:iam::111122223333:role/n1",
    ],
  ],
  [/^Catalog$/, ["AWSMarketplace", "AWSMarketplaceX"]],
  [/^EntityType$|^Type$/, ["AmiProduct", "AmiProduct@1.0", "Offer@1.0", "Offer"]],
  [
    /^ChangeType$/,
    ["CreateProduct", "CreateOffer", "UpdateInformation", "AddDimensions", "ReleaseProduct", "AddDeliveryOptions"],
  ],
  [/^Details$/, ["{}", '{"ProductTitle":"A"}', "[]", "null", "{"]],
  [/ImageId|SourceImageId/, ["ami-0123456789abcdef0", "ami-12345678", "ami-"]],
  [/SnapshotId/, ["snap-0123456789abcdef0"]],
  [/VolumeId/, ["vol-0123456789abcdef0"]],
  [/InstanceType/, ["t3.micro", "m5.large", "x.y"]],
  [/Region/, ["us-east-1", "eu-west-1", "mars-1"]],
  [/^Bucket$/, ["bucket-1", "bucket-2", "B"]],
  [/CopySource/, ["bucket-1/key", "bucket-1/key?versionId=1", "/", "a"]],
  [/^Key$/, ["key", "dir/key", "k é"]],
  [/AccountId|UserId|Owner/, ["111122223333", "444455556666", "self", "all"]],
  [/Token|Marker/, ["MQ==", "e30=", "x"]],
  [/Path/, ["/", "/a/", "a"]],
  [/Range/, ["bytes=0-1", "bytes=9-1", "bytes=-0", "x"]],
  [/Values?$/, ["name", "*", "available"]],
  [/Name$/, ["n1", "n2", "name", "state", "owner-id", "tag:k"]],
];

/** Inputs of a shape: members come and go, values are plausible or odd. */
export function inputsOf(
  shape: Shape,
  model: ConstraintModel,
  limitsName?: string,
  name = "",
  depth = 0,
): fc.Arbitrary<unknown> {
  const limits = limitsName === undefined ? undefined : model.shapes[limitsName];
  switch (shape.kind) {
    case "structure": {
      // A length other than the body's is not HTTP any more.
      const parts = shape.members.filter(
        (member) => (depth < 5 || member.required) && member.traits["httpHeader"] !== "Content-Length",
      );
      const fields = parts.map((member) => [member.name, field(member, model, limits, depth)] as const);
      const requiredKeys = parts.filter(({ required }) => required).map((member) => member.name);
      return shape.union
        ? fc.oneof(...fields.map(([key, value]) => value.map((content) => ({ [key]: content }))))
        : fc.record(Object.fromEntries(fields), { requiredKeys });
    }
    case "list":
      return fc.array(inputsOf(shape.member.shape, model, limits?.member, name, depth + 1), { maxLength: 3 });
    case "map":
      return fc.dictionary(
        fc.constantFrom("a", "b"),
        inputsOf(shape.value.shape, model, limits?.value, name, depth + 1),
      );
    case "boolean":
      return fc.boolean();
    case "number":
      return fc.oneof(
        fc.integer({ min: limits?.min ?? 0, max: limits?.max ?? 10_000 }),
        fc.constantFrom(0, 1, -1, 2 ** 40),
      );
    case "timestamp":
      return fc.constantFrom(new Date(0), new Date("2026-01-02T03:04:05Z"), new Date("2999-01-01T00:00:00Z"));
    case "blob":
      return fc.uint8Array({ maxLength: 8 });
    case "document":
      return fc.jsonValue({ maxDepth: 3 });
    case "bigInteger":
      return fc.bigInt();
    default:
      return text(name, limits);
  }
}

function field(
  member: Member,
  model: ConstraintModel,
  limits: Limits | undefined,
  depth: number,
): fc.Arbitrary<unknown> {
  const last = member.traits["httpPayload"] && member.shape.kind === "blob";
  return last
    ? fc.string().map((content) => Buffer.from(content))
    : inputsOf(member.shape, model, limits?.members?.[member.name], member.name, depth + 1);
}

function text(name: string, limits: Limits | undefined): fc.Arbitrary<string> {
  const likely = plausible.find(([pattern]) => pattern.test(name))?.[1] ?? ["a", "value-1", "1"];
  const choices = [
    fc.constantFrom(...likely),
    fc.string({ minLength: limits?.min ?? 0, maxLength: Math.min(limits?.max ?? 20, 40) }),
  ];
  if (limits?.enum) choices.push(fc.constantFrom(...limits.enum), fc.constantFrom(...limits.enum));
  return fc.oneof(...choices.flatMap((choice, i) => (i === 0 ? [choice, choice, choice] : [choice])));
}
