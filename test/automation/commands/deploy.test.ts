import { expect, test } from "vitest";
import { deploy, deployWith } from "../../../automation/commands/deploy";
import type { UserError } from "../../../automation/user-error";
import { recordingHost } from "../recording-host";
import { fakeEngine, place } from "./fake-engine";

const recordings = { preview: "preview-changes", up: "up-changes", destroy: "destroy" };
const chosen = (engine = fakeEngine(recordings)) => ({ engine, because: "as asked" });

test("preview shows the plan, says which engine made it, and asks nothing", async () => {
  const host = recordingHost();
  expect(await deployWith(chosen(), place, "preview", { engine: "auto" }, host)).toBe(0);
  expect(host.lines[0]).toBe("Engine: embedded (as asked).");
  expect(host.lines).toContain("Previewing update (dev)\n");
  expect(host.lines).toContain("    +-1 to replace");
  expect(host.questions).toEqual([]);
});

test("up shows the plan, then each step as it ends, then the counts, and repeats neither tree nor changes", async () => {
  const host = recordingHost();
  expect(await deployWith(chosen(), place, "up", { engine: "auto", yes: true }, host)).toBe(0);
  const text = host.lines.join("\n");
  const [plan = "", after = ""] = text.split("Updating (dev)\n");
  expect(plan).toContain("    ~ 1 to update");
  expect(after).toContain(" ~  pulumi-nodejs:dynamic:Resource first updated (0.00s)");
  expect(after).toContain(" -- pulumi-nodejs:dynamic:Resource second deleted original (0.00s)");
  expect(after).toContain("    ~ 1 updated");
  expect(after).not.toContain("Changes:");
  expect(after).not.toContain("├─");
});

test("up on a terminal asks, and changes nothing without a yes", async () => {
  const engine = fakeEngine(recordings);
  const host = recordingHost({ interactive: true, answer: "no" });
  expect(await deployWith(chosen(engine), place, "up", { engine: "auto" }, host)).toBe(0);
  expect(host.questions).toEqual(["Do you want to perform this update? [yes/no] "]);
  expect(host.lines.at(-1)).toBe("Nothing was changed.");
  expect(engine.requests.map(({ operation }) => operation)).toEqual(["preview"]);
});

test("destroy on a terminal shows what would go before it asks", async () => {
  const engine = fakeEngine(recordings);
  const host = recordingHost({ interactive: true, answer: "yes" });
  expect(await deployWith(chosen(engine), place, "destroy", { engine: "auto" }, host)).toBe(0);
  expect(host.lines).toContain(" -   └─ marketplace:AmiProduct  agent     delete");
  expect(host.lines).toContain("    - 2 to delete");
  expect(engine.requests.map(({ operation }) => operation)).toEqual(["destroy"]);
});

test.each(["up", "refresh", "destroy"] as const)(
  "%s without a terminal and without --yes is refused",
  async (operation) => {
    const refused = deploy(operation, { engine: "auto" }, recordingHost());
    await expect(refused).rejects.toThrow(/pass --yes/u);
    await expect(refused).rejects.toMatchObject({ exitCode: 2 } satisfies Partial<UserError>);
  },
);

test("with --json one document tells steps, every changed value, outputs with secrets masked, and counts", async () => {
  const host = recordingHost();
  expect(await deployWith(chosen(), place, "up", { engine: "auto", yes: true, json: true }, host)).toBe(0);
  expect(host.lines).toHaveLength(1);
  const report = JSON.parse(host.lines[0] ?? "");
  expect(report).toMatchObject({
    operation: "up",
    stack: "dev",
    engine: "embedded",
    result: "succeeded",
    outputs: { secret: "[secret]", title: "One" },
    changeSummary: { delete: 1, replace: 1, same: 2, update: 1 },
  });
  const first = report.steps.find(({ op }: { op: string }) => op === "update");
  expect(first).toMatchObject({ id: "id-One" });
  expect(first.diffs).toEqual([
    { path: 'prices["m5.large"]', kind: "update", old: "0.10", new: "0.12" },
    { path: 'prices["m5.xlarge"]', kind: "delete", old: "0.20" },
    { path: 'prices["m7g.large"]', kind: "add", new: "0.15" },
    { path: "regions[1]", kind: "add", new: "eu-west-1" },
  ]);
  expect(report.steps.find(({ op }: { op: string }) => op === "replace")).toMatchObject({ replaceReasons: ["sku"] });
  expect(host.lines[0]).not.toContain("__provider");
});

test.each([
  ["succeeded", 0],
  ["failed", 1],
  ["cancelled", 130],
] as const)("a deployment that %s exits with %i", async (result, code) => {
  const engine = fakeEngine({ up: result === "failed" ? "up-failure" : "up-create" }, result);
  expect(
    await deployWith(chosen(engine), place, "up", { engine: "auto", yes: true, skipPreview: true }, recordingHost()),
  ).toBe(code);
});

test("the first Ctrl-C stops gently and says what is in flight", async () => {
  const engine = fakeEngine({});
  const host = recordingHost();
  let aborted = false;
  engine.deploy = async (request) => {
    const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::agent";
    const metadata = { op: "create" as const, urn, type: "t", provider: "" };
    request.onEvent({ sequence: 0, timestamp: 0, resourcePreEvent: { metadata } });
    process.emit("SIGINT", "SIGINT");
    aborted = request.signal.aborted;
    return { result: "cancelled", durationSeconds: 1 };
  };
  const code = await deployWith(chosen(engine), place, "up", { engine: "auto", yes: true, skipPreview: true }, host);
  expect(aborted).toBe(true);
  expect(code).toBe(130);
  expect(host.notes).toEqual([
    "Stopping: nothing new is started, waiting for what is in flight: create of marketplace:AmiProduct agent. Press Ctrl-C again to leave at once.",
  ]);
  expect(process.listeners("SIGINT")).toEqual([]);
});

test("the endpoint reaches program and providers as AWS_ENDPOINT_URL, other switches reach the engine", async () => {
  const engine = fakeEngine(recordings);
  const options = {
    engine: "auto",
    endpoint: "http://127.0.0.1:4510",
    target: ["urn:a"],
    parallel: 3,
    refresh: true,
  } as const;
  await deployWith(chosen(engine), place, "preview", options, recordingHost());
  expect(engine.requests[0]).toMatchObject({
    env: { AWS_ENDPOINT_URL: "http://127.0.0.1:4510" },
    targets: ["urn:a"],
    parallel: 3,
    refreshFirst: true,
  });
});

test("long steps show their progress: on a terminal in the status, elsewhere line by line", async () => {
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::agent";
  const metadata = { op: "create" as const, urn, type: "t", provider: "" };
  const message = "change set cs-1 is PREPARING, 12 s";
  const engine = fakeEngine({});
  engine.deploy = async (request) => {
    request.onEvent({ sequence: 0, timestamp: 0, resourcePreEvent: { metadata } });
    const diagnosticEvent = { urn, message, color: "never", severity: "info", ephemeral: true } as const;
    request.onEvent({ sequence: 1, timestamp: 0, diagnosticEvent });
    await new Promise((resolve) => setTimeout(resolve, 300));
    request.onEvent({ sequence: 2, timestamp: 0, resOutputsEvent: { metadata } });
    return { result: "succeeded", durationSeconds: 1 };
  };
  const piped = recordingHost();
  const terminal = recordingHost({ terminal: true });
  const options = { engine: "auto", yes: true, skipPreview: true } as const;
  await Promise.all([piped, terminal].map((host) => deployWith(chosen(engine), place, "up", options, host)));
  const line = ` +  marketplace:AmiProduct agent creating (0.00s) ${message}`;
  expect(piped.lines).toContain(line);
  expect(piped.lines.join("\n")).not.toContain("Diagnostics:");
  expect(terminal.lines).not.toContain(line);
  expect(terminal.statuses.some((status) => status.includes(line))).toBe(true);
  expect(terminal.statuses.at(-1)).toEqual([]);
});
