import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { IAMClient } from "@aws-sdk/client-iam";
import { onTestFinished } from "vitest";
import { openMarket } from "./market";

/** Somewhere with an IAM: AWS's own variables point there until the test ends, and a client of the test's own asks. */
export interface IamPlace {
  readonly iam: IAMClient;
  readonly endpoint: string;
}

/** The embedded marketplace, as its buyer. */
export async function openEmbedded(): Promise<IamPlace> {
  const market = await openMarket();
  process.env.AWS_PROFILE = "buyer";
  const iam = new IAMClient({ endpoint: market.endpoint, region: market.region, profile: "buyer" });
  return { iam, endpoint: market.endpoint };
}

/** Why moto's server cannot be tried here; undefined when it can. */
export function motoMissing(): string | undefined {
  try {
    execFileSync("moto_server", ["--help"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "moto's server is not installed (pip install 'moto[server]')";
  }
}

/** moto's server on a port of its own, with AWS's managed policies. */
export async function openMoto(): Promise<IamPlace> {
  const port = await freePort();
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    stdio: "ignore",
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const before = { ...process.env };
  onTestFinished(async () => {
    process.env = before;
    await ended(child);
  });
  const keys = {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };
  delete process.env.AWS_PROFILE;
  Object.assign(process.env, { ...keys, AWS_ENDPOINT_URL: endpoint, AWS_REGION: "us-east-1" });
  await answers(endpoint);
  return { iam: new IAMClient({ endpoint, region: "us-east-1" }), endpoint };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}

async function answers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`moto's server does not answer at ${endpoint}.`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
