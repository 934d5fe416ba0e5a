import { expect, test } from "vitest";
import { catalogCalls } from "../../providers/catalog-calls";
import { Pace } from "../../providers/pace";
import { brief, enduring, persist } from "../../providers/persistence";
import { troubleOf } from "../../providers/trouble";
import { awsClients } from "../../providers/aws-clients";
import { recordingHost } from "./support/recording-host";

const failure = (name: string, more: object = {}) => Object.assign(new Error(`${name}!`), { name, ...more });

/** Fails so many times in a row, then succeeds. */
function stumbling(times: number, error: Error) {
  const calls = { count: 0 };
  const call = () => {
    calls.count += 1;
    return calls.count <= times ? Promise.reject(error) : Promise.resolve("done");
  };
  return { calls, call };
}

test.each([
  ["throttling", failure("ThrottlingException", { $metadata: { httpStatusCode: 429 } }), "throttled"],
  ["a full quota", failure("ServiceQuotaExceededException"), "throttled"],
  ["a refused connection", failure("Error", { code: "ECONNREFUSED" }), "unreachable"],
  [
    "a service that is down",
    failure("InternalServiceException", { $metadata: { httpStatusCode: 500 } }),
    "unreachable",
  ],
  ["an expired token", failure("ExpiredTokenException", { $metadata: { httpStatusCode: 403 } }), "expired"],
  ["an unknown key", failure("UnrecognizedClientException", { $metadata: { httpStatusCode: 403 } }), "unknown-key"],
  ["a missing right", failure("AccessDeniedException", { $metadata: { httpStatusCode: 403 } }), "denied"],
  ["anything else", failure("ValidationException", { $metadata: { httpStatusCode: 422 } }), "refused"],
])("%s is told from other trouble", (_what, error, trouble) => {
  expect(troubleOf(error)).toBe(trouble);
});

test("credentials that expire while a change set runs are waited for, and the person is told once", async () => {
  const host = recordingHost();
  const { call, calls } = stumbling(40, failure("ExpiredTokenException"));
  expect(await persist(host, enduring, call)).toBe("done");
  expect(calls.count).toBe(41);
  expect(host.said).toEqual([{ message: expect.stringContaining("renew them and this run goes on"), kind: "warning" }]);
});

test("a network that drops for an hour ends nothing that is being followed", async () => {
  const host = recordingHost();
  const began = host.time.now();
  const down = () =>
    host.time.now() - began < 3_600_000
      ? Promise.reject(failure("Error", { code: "ENOTFOUND" }))
      : Promise.resolve("up");
  expect(await persist(host, enduring, down)).toBe("up");
});

test("a wrong endpoint shows within moments at the beginning of a run", async () => {
  const host = recordingHost();
  const began = host.time.now();
  const { call } = stumbling(Number.POSITIVE_INFINITY, failure("Error", { code: "ECONNREFUSED" }));
  await expect(persist(host, brief, call)).rejects.toThrow("Error!");
  expect(host.time.now() - began).toBeLessThan(3_000);
});

test("a refusal is not tried again", async () => {
  const { call, calls } = stumbling(1, failure("ValidationException"));
  await expect(persist(recordingHost(), enduring, call)).rejects.toThrow("ValidationException!");
  expect(calls.count).toBe(1);
});

test("Ctrl-C ends the waiting for a service that does not answer", async () => {
  const host = recordingHost();
  const { call } = stumbling(Number.POSITIVE_INFINITY, failure("Error", { code: "ECONNRESET" }));
  const waiting = persist(host, enduring, call).catch(String);
  await host.time.sleep(5_000);
  host.stop();
  expect(await waiting).toContain("Stopped while waiting for AWS");
});

test("calls keep to so many in any second", async () => {
  const { time } = recordingHost();
  const pace = new Pace(time, 5, false);
  const turns: number[] = [];
  await Promise.all(Array.from({ length: 23 }, () => pace.turn().then(() => turns.push(time.now()))));
  const gaps = turns.slice(5).map((turn, i) => turn - (turns[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  expect((turns.at(-1) ?? 0) - (turns[0] ?? 0)).toBeLessThan(5_000);
});

test("a marketplace that enforces no rates is not slowed down, until it asks for that", async () => {
  const host = recordingHost();
  const call = catalogCalls(awsClients({}), host, true);
  const began = host.time.now();
  await Promise.all(Array.from({ length: 50 }, () => call("StartChangeSet", () => Promise.resolve())));
  expect(host.time.now()).toBe(began);
  const { call: throttled } = stumbling(1, failure("ThrottlingException"));
  await call("StartChangeSet", throttled);
  await Promise.all(Array.from({ length: 50 }, () => call("StartChangeSet", () => Promise.resolve())));
  expect(host.time.now() - began).toBeGreaterThan(9_000);
});
