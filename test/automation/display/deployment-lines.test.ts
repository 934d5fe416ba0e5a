import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { Deployment } from "../../../automation/display/deployment";
import { deploymentLines } from "../../../automation/display/deployment-lines";
import { recordedDeployment, recordedEvents } from "./recordings";

const plain = createColors(false);

test("a plan shows the tree, each changed property with old and new value, what forces replacement, and the counts", () => {
  const lines = deploymentLines(recordedDeployment("preview-changes"), { planning: true, durationSeconds: 1 }, plain);
  expect(lines.join("\n")).toBe(`     Type                                  Name      Plan
     pulumi:pulumi:Stack                   shop-dev
     ├─ shop:index:Group                   grp
 ~   │  ├─ pulumi-nodejs:dynamic:Resource  first     update
 +-  │  └─ pulumi-nodejs:dynamic:Resource  second    replace
 -   └─ pulumi-nodejs:dynamic:Resource     gone      delete

Changes:
 ~  pulumi-nodejs:dynamic:Resource first: (update)
      ~ prices : {
          ~ m5.large : "0.10" => "0.12"
          - m5.xlarge: "0.20"
          + m7g.large: "0.15"
        }
      ~ regions: [
          + [1]: "eu-west-1"
        ]
 +- pulumi-nodejs:dynamic:Resource second: (replace)
      ~ sku: "a" => "b" [forces replacement]

Diagnostics:
    hello from the program
  pulumi-nodejs:dynamic:Resource (first):
    warning: prices changed

Outputs:
  ~ nested: {
      ~ v: "1" => "2"
    }

Resources:
    ~ 1 to update
    - 1 to delete
    +-1 to replace
    3 changes. 2 unchanged
`);
});

test("what was created shows with the stack's outputs, secrets masked, and how long it took", () => {
  const lines = deploymentLines(recordedDeployment("up-create"), { planning: false, durationSeconds: 1 }, plain);
  expect(lines.join("\n")).toBe(`     Type                                  Name      Status
 +   pulumi:pulumi:Stack                   shop-dev  created
 +   ├─ shop:index:Group                   grp       created
 +   │  ├─ pulumi-nodejs:dynamic:Resource  first     created
 +   │  └─ pulumi-nodejs:dynamic:Resource  second    created
 +   └─ pulumi-nodejs:dynamic:Resource     gone      created

Outputs:
    nested: {
        a: [
            [0]: 1
            [1]: 2
            [2]: {
                b: "c"
            }
        ]
        v: "1"
    }
    secret: [secret]
    title : "One"

Resources:
    + 5 created

Duration: 3s
`);
});

test("a failure shows which resource failed, its error once, and how many failed", () => {
  const text = deploymentLines(recordedDeployment("up-failure"), { planning: false, durationSeconds: 1 }, plain).join(
    "\n",
  );
  expect(text).toContain("bad       **creating failed**");
  expect(text).toContain("  pulumi-nodejs:dynamic:Resource (bad):\n    error: AWS says no: a title is missing");
  expect(text.match(/AWS says no/gu)).toHaveLength(1);
  expect(text).not.toContain("update failed");
  expect(text).toContain("    ~ 1 updated\n    3 unchanged\n    1 errored");
});

test("an update that only changes secrets says that there is nothing to show", () => {
  const text = deploymentLines(recordedDeployment("up-failure"), { planning: false, durationSeconds: 1 }, plain).join(
    "\n",
  );
  expect(text).toContain("first: (update)\n      nothing to show: a secret value or an option of the resource");
});

test("a destroy shows the tree that went, children below their parents", () => {
  const lines = deploymentLines(recordedDeployment("destroy"), { planning: false, durationSeconds: 1 }, plain);
  expect(lines.slice(0, 5).join("\n")).toBe(`     Type                                  Name      Status
 -   pulumi:pulumi:Stack                   shop-dev  deleted
 -   └─ shop:index:Group                   grp       deleted
 -      ├─ pulumi-nodejs:dynamic:Resource  second    deleted
 -      └─ pulumi-nodejs:dynamic:Resource  first     deleted`);
});

test("with nothing to change only the counts are left", () => {
  const deployment = new Deployment(() => 0);
  deployment.accept({
    sequence: 0,
    timestamp: 0,
    summaryEvent: { maybeCorrupt: false, durationSeconds: 0, resourceChanges: { same: 3 }, policyPacks: {} },
  });
  expect(deploymentLines(deployment, { planning: true, durationSeconds: 0 }, plain)).toEqual([
    "Resources:",
    "    3 unchanged",
    "",
  ]);
});

test.each(["preview-changes", "up-create", "up-changes", "up-failure", "destroy"])(
  "colours only add to what %s says",
  (name) => {
    const showing = { planning: name.startsWith("preview"), durationSeconds: 1 };
    const painted = deploymentLines(recordedDeployment(name), showing, createColors(true)).join("\n");
    expect(painted).toContain("\u001B[");
    expect(stripVTControlCharacters(painted)).toBe(
      deploymentLines(recordedDeployment(name), showing, plain).join("\n"),
    );
  },
);

test("after any prefix of its events a deployment can be shown, and shows at most the resources it has heard of", () => {
  const events = recordedEvents("up-changes");
  for (let length = 0; length <= events.length; length++) {
    const deployment = new Deployment(() => 0);
    for (const event of events.slice(0, length)) deployment.accept(event);
    const lines = deploymentLines(deployment, { planning: false, durationSeconds: 0 }, plain);
    expect(lines.at(-2)).toMatch(/^Duration: /u);
    const heard = new Set(deployment.steps.map(({ urn }) => urn));
    expect(lines.filter((line) => /[├└]─/u.test(line)).length).toBeLessThan(heard.size + 1);
  }
});
