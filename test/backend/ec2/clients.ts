import { EC2Client } from "@aws-sdk/client-ec2";
import { onTestFinished } from "vitest";
import { startMarketplace, type MarketplaceOptions, type RunningMarketplace } from "../../../backend/index";

/** A marketplace of the test's own with an EC2 client for each account; it ends with the test. */
export interface Ec2Market {
  readonly running: RunningMarketplace;
  readonly seller: EC2Client;
  readonly buyer: EC2Client;
  /** Another client, in a region or for an account. */
  client(account: "seller" | "buyer" | "partner", region?: string): EC2Client;
}

export async function ec2Market(options: MarketplaceOptions = {}): Promise<Ec2Market> {
  const running = await startMarketplace(options);
  const clients: EC2Client[] = [];
  const client: Ec2Market["client"] = (name, region = "us-east-1") => {
    const account = running.accounts.find((each) => each.name === name);
    if (!account) throw new Error(`There is no account ${name}`);
    const made = new EC2Client({ endpoint: running.endpoint, region, credentials: account });
    clients.push(made);
    return made;
  };
  onTestFinished(async () => {
    for (const each of clients) each.destroy();
    await running.close();
  });
  return { running, seller: client("seller"), buyer: client("buyer"), client };
}

export const sellerId = "111122223333";
export const buyerId = "444455556666";
