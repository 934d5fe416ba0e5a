import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { startMarketplace, type RunningMarketplace } from "../../../backend/index";

/** A marketplace of the test's own with S3 clients; it ends with the test. */
export interface S3Market {
  readonly running: RunningMarketplace;
  readonly seller: S3Client;
  readonly buyer: S3Client;
  client(account: "seller" | "buyer", more?: S3ClientConfig): S3Client;
}

export async function s3Market(): Promise<S3Market> {
  const running = await startMarketplace();
  const clients: S3Client[] = [];
  const client: S3Market["client"] = (name, more = {}) => {
    const credentials = running.accounts.find((each) => each.name === name);
    if (!credentials) throw new Error(`There is no account ${name}`);
    const made = new S3Client({
      endpoint: running.endpoint,
      region: "us-east-1",
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
      ...more,
    });
    clients.push(made);
    return made;
  };
  onTestFinished(async () => {
    for (const each of clients) each.destroy();
    await running.close();
  });
  return { running, seller: client("seller"), buyer: client("buyer"), client };
}

export const Bucket = "example-listing-assets";
