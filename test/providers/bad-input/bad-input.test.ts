import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AddUserToGroupCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { run } from "../../../engine/index";
import { accessGroup } from "../../../providers/access-group/reconciler";
import { everything } from "../../backend/agreement/buyer";
import { catalogOf, connection, madeBy } from "../../backend/catalog/catalog-market";
import { change } from "../../backend/catalog/listing";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { scratchFolder } from "../../engine/scratch";
import { privateOffer } from "../subscription/offers";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { everythingIn } from "./everything";

// One for all runs, so that what Node compiles is compiled once.
const stateDir = mkdtempSync(join(tmpdir(), "bad-input-"));
afterAll(() => rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 }));

const DAY = 24 * 3_600_000;
const EXPERIENCE = "Experience@1.0";

type Declared = readonly [type: string, name: string, args: object];

interface Place {
  readonly shop: Awaited<ReturnType<typeof openShopAsBuyer>>;
  readonly clock: TurningClock;
  readonly iam: IAMClient;
}

interface Case {
  /** What a person declares; what has to be there for that is made before. */
  readonly declare: (place: Place) => Promise<readonly Declared[]>;
  readonly policyPack?: () => string;
  /** The one error, with the name of the resource in front: `Subscription agent: offerId: …`. */
  readonly told: RegExp;
}

const cases: Readonly<Record<string, Case>> = {
  "an expired offer": {
    declare: async ({ shop, clock }) => {
      const offerId = await privateOffer(shop, { until: "2026-03-31" });
      await clock.turn(60 * DAY);
      return [["Subscription", "agent", { offerId }]];
    },
    told: /^Subscription agent: offerId: .*expired\..* Ask the seller for a new offer\./,
  },
  "an offer for another buyer": {
    declare: async ({ shop }) => [
      ["Subscription", "agent", { offerId: await privateOffer(shop, { buyer: "777788889999" }) }],
    ],
    told: /^Subscription agent: offerId: There is no offer offer-.* is it for this account\?/,
  },
  "a product outside the private marketplace": {
    declare: async ({ shop }) => {
      await restrict(shop);
      return [["Subscription", "agent", { productId: shop.productId }]];
    },
    told: /^Subscription agent: productId: Experience .* does not allow the product.* Ask those who keep the private/,
  },
  "an instance type that is not offered": {
    declare: async ({ shop }) => {
      await shop.buy(shop.offerId, everything);
      return [["MarketplaceInstance", "collector", { productId: shop.productId, instanceType: "c5.large" }]];
    },
    told: /^MarketplaceInstance collector: instanceType: .*c5\.large is not among the product's instance types/,
  },
  "an instance without a subscription": {
    declare: ({ shop }) =>
      Promise.resolve([["MarketplaceInstance", "collector", { productId: shop.productId, instanceType: "m5.large" }]]),
    told: /^MarketplaceInstance collector: productId: .*Declare a Subscription to the product/,
  },
  "a user in two groups, declared at once": {
    declare: () => Promise.resolve([["AccessGroups", "market", { view: ["alice"], subscribe: ["alice"] }]]),
    told: /alice.* is in "view" and "subscribe": a person is in exactly one of the groups/,
  },
  "a user in two groups, one of them by an earlier program": {
    declare: async ({ iam }) => {
      for (const level of ["view", "subscribe"]) {
        await startRun().provider(accessGroup).create({ name: level, level });
      }
      await iam.send(new CreateUserCommand({ UserName: "alice" }));
      await iam.send(new AddUserToGroupCommand({ UserName: "alice", GroupName: "view" }));
      return [["GroupMembership", "alice", { user: "alice", group: "subscribe" }]];
    },
    told: /^GroupMembership alice: .*User alice is in access group view already/,
  },
  "a policy pack that does not parse": {
    declare: ({ shop }) => Promise.resolve([["Subscription", "agent", { productId: shop.productId }]]),
    policyPack: brokenPack,
    told: /broken-pack(.|\n)*SyntaxError/,
  },
};

test.each(Object.entries(cases))("%s is one clear error, and nothing is changed", async (_what, bad) => {
  const { place, dataDir } = await open();
  const declared = await bad.declare(place);
  const before = everythingIn(dataDir);
  const { result, errors } = await up(declared, bad.policyPack?.());
  expect(result).toBe("failed");
  expect(errors).toEqual([expect.stringMatching(bad.told)]);
  expect(everythingIn(dataDir)).toEqual(before);
});

test("a policy document that does not parse is refused by IAM in its own words, and nothing is changed", async () => {
  const { place, dataDir } = await open();
  await place.iam.send(new CreateUserCommand({ UserName: "alice" }));
  const before = everythingIn(dataDir);
  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*"';
  const put = new PutUserPolicyCommand({ UserName: "alice", PolicyName: "half", PolicyDocument: document });
  await expect(place.iam.send(put)).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
  expect(everythingIn(dataDir)).toEqual(before);
});

/** A marketplace on disk, with a listing and a buyer whom AWS's own variables name. */
async function open() {
  const clock = new TurningClock();
  const dataDir = scratchFolder();
  const shop = await openShopAsBuyer({ clock, dataDir });
  const iam = new IAMClient(connection(shop.market, "buyer"));
  onTestFinished(() => iam.destroy());
  return { place: { shop, clock, iam }, dataDir };
}

/** A run of the program, and the errors that it tells, each with its resource's type and name. */
async function up(declared: readonly Declared[], policyPack?: string) {
  const errors: string[] = [];
  const options = {
    projectDir: join(__dirname, "program"),
    stack: `run-${randomUUID().slice(0, 8)}`,
    stateDir,
    ...(policyPack !== undefined && { policyPacks: [policyPack] }),
    env: { DECLARED: JSON.stringify(declared), PULUMI_CONFIG_PASSPHRASE: "a passphrase of the test" },
  };
  try {
    const { result } = await run({
      ...options,
      operation: "up",
      onEvent: ({ diagnosticEvent: said }) => {
        const text = said?.severity === "error" ? said.message.trim() : "";
        // The run's last word, which every failed run has.
        if (text !== "" && text !== "update failed") errors.push(`${resourceIn(said?.urn)}${text}`);
      },
    });
    return { result, errors };
  } catch (error) {
    // What no program is needed for is told without a run.
    return { result: "failed", errors: [...errors, error instanceof Error ? error.message : String(error)] };
  }
}

/** A policy pack whose text breaks off. */
function brokenPack(): string {
  const folder = join(scratchFolder(), "broken-pack");
  mkdirSync(folder);
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "broken", version: "1.0.0", main: "index.js" }));
  writeFileSync(join(folder, "index.js"), 'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("half');
  return folder;
}

/** `Subscription agent: ` of a resource's URN. */
function resourceIn(urn = ""): string {
  const [type, name] = urn.split("::").slice(-2);
  return type === undefined || name === undefined || type.startsWith("pulumi:")
    ? ""
    : `${type.split(":").at(-1)} ${name}: `;
}

/** Makes a private marketplace in which nothing is allowed. */
async function restrict({ market }: Place["shop"]): Promise<void> {
  const buyer = catalogOf(market, "buyer");
  const made = await buyer.run([
    change("CreateExperience", EXPERIENCE, undefined, { Name: "Approved only" }, "New"),
    change("CreateProcurementPolicy", EXPERIENCE, "$New.Entity.Identifier", {
      Name: "Approved",
      Configuration: { PolicyResourceRequests: "Deny" },
    }),
    change("AssociateAudience", EXPERIENCE, "$New.Entity.Identifier", { Name: "Us", Principals: ["444455556666"] }),
  ]);
  madeBy(await buyer.run([change("UpdateExperience", EXPERIENCE, madeBy(made), { Status: "Enabled" })]));
}
