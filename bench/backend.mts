import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { EC2Client, DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { capture, requestsPerSecond, sign } from "./requests.mts";
import { ratio, table } from "./table.mts";

interface Server {
  readonly endpoint: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string };
  readonly process: ChildProcess;
}

/** Ours, with its data on disk: each answered write is flushed. */
async function startOurs(dataDir: string): Promise<Server & { readyMs: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, ["dist/automation/main.js", "backend", "start", "--data", dataDir, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the backend ended with ${code}`)));
  });
  const readyMs = performance.now() - start;
  const { endpoint, accounts } = JSON.parse(line) as {
    endpoint: string;
    accounts: { name: string; accessKeyId: string; secretAccessKey: string }[];
  };
  const { accessKeyId, secretAccessKey } = accounts.find(({ name }) => name === "seller")!;
  return { endpoint, credentials: { accessKeyId, secretAccessKey }, process: child, readyMs };
}

/** moto's server, when it is installed: all in memory. */
async function startMoto(): Promise<Server | undefined> {
  const port = await freePort();
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const missing = await new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(true));
    child.once("spawn", () => resolve(false));
  });
  if (missing) return undefined;
  const endpoint = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 200; i++) {
    if (
      await fetch(endpoint).then(
        (answer) => answer.ok,
        () => false,
      )
    ) {
      return {
        endpoint,
        credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "example" },
        process: child,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error("moto_server did not answer within 20 seconds");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Each call: how many a second, the setup it needs first. */
async function measure(server: Server, count: number): Promise<Map<string, number>> {
  const region = "us-east-1";
  const live = { region, endpoint: server.endpoint, credentials: server.credentials };
  const s3Style = { forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED" as const };
  await new S3Client({ ...live, ...s3Style }).send(new CreateBucketCommand({ Bucket: "bench" }));
  await new S3Client({ ...live, ...s3Style }).send(
    new PutObjectCommand({ Bucket: "bench", Key: "read", Body: "x".repeat(1024) }),
  );
  await new IAMClient(live).send(new CreateRoleCommand({ RoleName: "read", AssumeRolePolicyDocument: TRUST }));

  const { requestHandler, taken } = capture();
  const unsent = { ...live, requestHandler, maxAttempts: 1 };
  const sts = new STSClient(unsent);
  const iam = new IAMClient(unsent);
  const ec2 = new EC2Client(unsent);
  const s3 = new S3Client({ ...unsent, ...s3Style });
  const body = "y".repeat(1024);
  const calls: Record<string, (i: number) => Promise<unknown>> = {
    "sts GetCallerIdentity": () => sts.send(new GetCallerIdentityCommand({})),
    "iam GetRole": () => iam.send(new GetRoleCommand({ RoleName: "read" })),
    "iam CreateRole": (i) =>
      iam.send(new CreateRoleCommand({ RoleName: `made-${i}`, AssumeRolePolicyDocument: TRUST })),
    "ec2 DescribeRegions": () => ec2.send(new DescribeRegionsCommand({ RegionNames: ["us-east-1"] })),
    "s3 PutObject 1 KiB": (i) => s3.send(new PutObjectCommand({ Bucket: "bench", Key: `made-${i}`, Body: body })),
    "s3 GetObject 1 KiB": () => s3.send(new GetObjectCommand({ Bucket: "bench", Key: "read" })),
  };
  const results = new Map<string, number>();
  for (const [name, call] of Object.entries(calls)) {
    const requests = await sign(count, taken, call);
    results.set(name, await requestsPerSecond(server.endpoint, requests));
  }
  return results;
}

/** Requests a second, signed and (ours) durable, over 16 connections; beside moto's server for the same bytes. */
export async function benchBackend(count: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "marketplace-bench-"));
  const ours = await startOurs(dataDir);
  const moto = await startMoto();
  try {
    const here = await measure(ours, count);
    const there = moto ? await measure(moto, Math.min(count, 600)) : new Map<string, number>();
    const rows = [...here].map(([name, rate]) => {
      const peer = there.get(name);
      return [name, rate.toFixed(0), peer ? peer.toFixed(0) : "–", peer ? ratio(peer, rate) : "–"];
    });
    console.log(`Backend: ready ${ours.readyMs.toFixed(0)} ms after its process was started`);
    if (!moto) console.log("moto_server is not on PATH: no peer to compare with");
    console.log(table(["requests a second", "ours, on disk", "moto, in memory", "ours is"], rows));
  } finally {
    ours.process.kill("SIGTERM");
    moto?.process.kill("SIGTERM");
    rmSync(dataDir, { recursive: true, force: true });
  }
}
