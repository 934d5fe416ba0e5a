import { User } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { AccessGroups, type AccessGroupsArgs } from "../../components/access-groups";
import { PortalTeam, type PortalTeamArgs } from "../../components/portal-team";
import { type Made, mockCloud } from "./mock-cloud";

const made: Made[] = [];

beforeEach(() => mockCloud(made, ({ name, inputs }) => ({ name: `${name}-name`, ...inputs })));

/** All that the program makes, once it has been made. */
async function run(program: () => unknown): Promise<readonly Made[]> {
  program();
  await pulumi.runtime.disconnect();
  return made;
}

const inputsOf = (type: string) =>
  Object.fromEntries(made.filter((one) => one.type === type).map(({ name, inputs }) => [name, inputs]));

test("three groups, and each person in one, by name and by resource", async () => {
  await run(() => {
    const carol = new User("carol", { name: "carol@example.com" });
    return new AccessGroups("market", { view: ["alice"], subscribe: [carol], fullControl: [pulumi.output("dave")] });
  });
  expect(inputsOf("AccessGroup")).toEqual({
    "market-view": { name: "market-view", level: "view" },
    "market-subscribe": { name: "market-subscribe", level: "subscribe" },
    "market-full-control": { name: "market-full-control", level: "full-control" },
  });
  expect(inputsOf("GroupMembership")).toEqual({
    "market-alice": { user: "alice", group: "market-view" },
    "market-carol": { user: "carol@example.com", group: "market-subscribe" },
    "market-full-control-0": { user: "dave", group: "market-full-control" },
  });
});

test("products and names reach the groups", async () => {
  const args: AccessGroupsArgs = {
    groupNames: { view: "MarketplaceReadOnly" },
    leastPrivilege: true,
    productIds: ["prod-1"],
    connection: { profile: "buyer" },
  };
  await run(() => new AccessGroups("market", args));
  const shared = { leastPrivilege: true, productIds: ["prod-1"], connection: { profile: "buyer" } };
  expect(inputsOf("AccessGroup")).toMatchObject({
    "market-view": { name: "MarketplaceReadOnly", ...shared },
    "market-subscribe": { name: "market-subscribe", ...shared },
  });
});

test("a person in two groups is named before anything is made", () => {
  const team: AccessGroupsArgs = { view: ["alice", "bob"], fullControl: ["alice"] };
  expect(() => new AccessGroups("market", team)).toThrow(
    'alice is in "view" and "full-control": a person is in exactly one of the groups.',
  );
  expect(made).toEqual([]);
});

test("IAM does not tell upper from lower case, so a name written both ways is one person", () => {
  expect(() => new AccessGroups("market", { view: ["alice"], subscribe: ["Alice"] })).toThrow(
    'Alice is in "view" and "subscribe": a person is in exactly one of the groups.',
  );
});

test("two resources that stand for one person are found out, and that person joins nothing", async () => {
  const [one, other] = [new User("carol", { name: "carol" }), new User("carol-again", { name: "carol" })];
  const reasons = await failuresOf(() => new AccessGroups("market", { view: [one], subscribe: [other] }));
  expect(reasons.join()).toContain('carol is in "view" and "subscribe": a person is in exactly one of the groups.');
  expect(inputsOf("GroupMembership")).toEqual({});
});

/** What a program dies of: errors within outputs reach Pulumi as rejections that nobody handles. */
async function failuresOf(program: () => unknown): Promise<readonly string[]> {
  const listeners = process.listeners("unhandledRejection");
  const reasons: string[] = [];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => void reasons.push(String(reason)));
  program();
  // Every output that depends on the people fails by itself, within a few turns of the event loop.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => setImmediate(done));
  process.removeAllListeners("unhandledRejection");
  for (const listener of listeners) process.on("unhandledRejection", listener);
  return reasons;
}

test("a seller's team: a group for each page in use, and one for all pages", async () => {
  await run(() => {
    const people: PortalTeamArgs["people"] = [
      { person: "alice", pages: "all" },
      { person: new User("bob"), pages: ["reports", "settings"] },
      { person: "carol", pages: ["reports"] },
    ];
    return new PortalTeam("sellers", { people });
  });
  expect(inputsOf("PortalAccess")).toEqual({
    "sellers-all": { name: "sellers-all", pages: "all" },
    "sellers-reports": { name: "sellers-reports", pages: ["reports"] },
    "sellers-settings": { name: "sellers-settings", pages: ["settings"] },
  });
  expect(inputsOf("GroupMembership")).toEqual({
    "sellers-alice-all": { user: "alice", group: "sellers-all" },
    "sellers-bob-reports": { user: "bob-name", group: "sellers-reports" },
    "sellers-bob-settings": { user: "bob-name", group: "sellers-settings" },
    "sellers-carol-reports": { user: "carol", group: "sellers-reports" },
  });
});

test.each([
  [
    "a person there twice",
    [
      { person: "alice", pages: "all" },
      { person: "alice", pages: ["reports"] },
    ],
    "alice",
  ],
  ["a person without pages", [{ person: "alice", pages: [] }], "people[0].pages: Say which pages"],
  [
    "a page that is none",
    [{ person: "alice", pages: ["invoices"] }],
    'people[0].pages[0]: The seller portal has no page "invoices"',
  ],
])("%s is told", (_what, people, message) => {
  expect(() => new PortalTeam("sellers", { people: people as PortalTeamArgs["people"] })).toThrow(message);
});
