import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { createAccessKey } from "../../../backend/iam/access-keys";
import { services } from "../../../backend/services";
import { connection } from "../catalog/catalog-market";
import { type Listing, SELLER, sellersThings } from "./matrix/belongings";
import { type Call, callsOf, SERVICES } from "./matrix/calls";
import { FREE, NOT_FOR_ROOT, PEOPLE, type Person } from "./matrix/grants";
import { senderOf, type Settings } from "./matrix/sender";

/** One marketplace for all of it. */
let market: RunningMarketplace;
let calls: readonly Call[];
let listing: Listing;
beforeAll(async () => {
  market = await startMarketplace({ limits: false });
  const things = await sellersThings(market);
  const loaded = await Promise.all(services.map(async (entry) => ({ ...entry, ...(await entry.service()) })));
  calls = loaded.flatMap(({ name, service }) => callsOf(name, Object.keys(service.handlers), things));
  listing = things.listing;
});
afterAll(() => market.close());

test("every service has its rows", () => {
  expect(services.map(({ name }) => name).filter((name) => !SERVICES.includes(name))).toEqual([]);
});

describe("another account", () => {
  test("is told of nothing that is the seller's, and changes none of it", async () => {
    const send = senderOf(connection(market, "partner"));
    const reached = await outcomes(calls.filter(namesSellersThings), (call) =>
      send(call).then(anyFailed, () => "refused"),
    );
    expect(labels(reached.filter(([, outcome]) => outcome !== "refused").map(([call]) => call))).toEqual([]);
  });

  test("may do on its own account what its own policies say", async () => {
    const send = senderOf(connection(market, "partner"));
    const own = calls.filter((call) => call.service === "iam");
    expect(await refusedIn(send, own)).toEqual([]);
  });
});

test.each(PEOPLE)("a user with $name may do what that grants, and nothing else", async (person) => {
  const send = senderOf(await userWith(person));
  expect(await refusedIn(send, calls)).toEqual(labels(calls.filter((call) => !allows(person, call))));
});

test("root may do everything, but take no roles", async () => {
  const key = await market.market.store.transaction(() =>
    createAccessKey(market.market.store, SELLER, undefined, new Date()),
  );
  const send = senderOf(settings(key.id, key.secret));
  const notForRoot = calls.filter(({ operation }) => NOT_FOR_ROOT.includes(operation));
  expect(await refusedIn(send, calls)).toEqual(labels(notForRoot));
});

test("what is expected of everybody is expected of calls that there are", () => {
  const known = new Set(labels(calls));
  const expected = PEOPLE.flatMap(({ allowed }) =>
    Object.entries(allowed).flatMap(([service, granted]) =>
      granted === "all" ? [] : granted.map((label) => `${service} ${label}`),
    ),
  );
  const unknown = new Set(expected.filter((label) => !known.has(label)));
  expect([...unknown].toSorted()).toEqual(NOT_SERVED);
});

/** What AWS's policies grant, and this marketplace does not offer. */
const NOT_SERVED = [
  "ec2 AuthorizeSecurityGroupEgress",
  "ec2 CreateImage",
  "ec2 DescribeAccountAttributes",
  "ec2 DescribeAddresses",
];

function allows({ allowed }: Person, { service, operation, label }: Call): boolean {
  const granted = allowed[service];
  return FREE.includes(operation) || granted === "all" || granted?.includes(label) === true;
}

function labels(some: readonly Call[]): string[] {
  return some.map(({ service, label }) => `${service} ${label}`);
}

/** Those of the calls that the caller was not allowed. Any other answer, errors too, comes from behind that door. */
async function refusedIn(send: (call: Call) => Promise<object>, some: readonly Call[]): Promise<string[]> {
  const all = await outcomes(some, (call) => send(call).then(anyRefused, denied));
  return labels(all.filter(([, outcome]) => outcome === "refused").map(([call]) => call));
}

const AT_ONCE = 8;

/** In the order of the calls. */
async function outcomes(some: readonly Call[], ask: (call: Call) => Promise<Outcome>) {
  const found: [Call, Outcome][] = [];
  for (let i = 0; i < some.length; i += AT_ONCE) {
    const batch = some.slice(i, i + AT_ONCE);
    found.push(...(await Promise.all(batch.map(async (call): Promise<[Call, Outcome]> => [call, await ask(call)]))));
  }
  return found;
}

type Outcome = "refused" | "let in";

const DENIAL =
  /^(You are not authorized to perform this operation\. )?User: \S+ is not authorized to perform: \S+ (on|because) /;

/** A reply to HEAD has no body, so that only its status tells. */
function denied(failure: {
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}): Outcome {
  const silent = !failure.message.includes(" ") && failure.$metadata?.httpStatusCode === 403;
  const rootsRole = failure.message === "Roles may not be assumed by root accounts.";
  return silent || rootsRole || DENIAL.test(failure.message) ? "refused" : "let in";
}

/** Operations on several things answer for each of them. */
function anyRefused(reply: object): Outcome {
  return errorsIn(reply, "Errors") > 0 ? "refused" : "let in";
}

function anyFailed(reply: object): Outcome {
  return errorsIn(reply, "Errors") + errorsIn(reply, "errors") > 0 ? "refused" : "let in";
}

function errorsIn(reply: object, name: string): number {
  const errors: unknown = (reply as Readonly<Record<string, unknown>>)[name];
  return typeof errors === "object" && errors !== null ? Object.keys(errors).length : 0;
}

/**
 * Lists, what is for everybody and what is only being made are the caller's own affair; IAM's names are always of the
 * caller's account.
 */
function namesSellersThings({ service, operation }: Call): boolean {
  switch (service) {
    case "agreement":
      return !/^(List|Search|Create)/.test(operation);
    case "catalog":
      return !operation.startsWith("List") || operation === "ListTagsForResource";
    case "deployment":
    case "entitlement":
    case "metering":
      return true;
    case "s3":
      return operation !== "ListBuckets";
    case "sts":
      return operation === "AssumeRole";
    case "ec2":
      return /^(Modify|Reset|Deregister|Delete(Snapshot|Volume|Tags)|Create(Tags|Snapshot)|Copy|(En|Dis)ableImage|Describe(Image|Snapshot)Attribute)/.test(
        operation,
      );
    default:
      return false;
  }
}

async function userWith({ name: UserName, grants }: Person): Promise<Settings> {
  const { managed, own } = grants(listing);
  const admin = new IAMClient(connection(market, "seller"));
  await admin.send(new CreateUserCommand({ UserName }));
  const attached = [...managed];
  if (own !== undefined) {
    const PolicyDocument = JSON.stringify(own);
    const { Policy } = await admin.send(new CreatePolicyCommand({ PolicyName: UserName, PolicyDocument }));
    attached.push(Policy?.Arn ?? "");
  }
  for (const PolicyArn of attached) await admin.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName }));
  admin.destroy();
  return settings(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
}

function settings(accessKeyId = "", secretAccessKey = ""): Settings {
  return { ...connection(market, "seller"), credentials: { accessKeyId, secretAccessKey } };
}
