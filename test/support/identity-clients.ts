import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { onTestFinished } from "vitest";

import { type RunningMarketplace, startMarketplace } from "../../backend";

type Options = NonNullable<Parameters<typeof startMarketplace>[0]>;

/** A marketplace of its own for a test, closed when the test ends. */
export async function openMarketplace(options: Options = {}): Promise<RunningMarketplace> {
  const market = await startMarketplace(options);
  onTestFinished(() => market.close());
  return market;
}

export interface Credentials {
  readonly AccessKeyId?: string;
  readonly SecretAccessKey?: string;
  readonly SessionToken?: string;
}

/** The SDK's clients for one of the marketplace's accounts, or for other credentials of it; no retries, to see the first answer. */
export function clientsOf(market: RunningMarketplace, who: "seller" | "buyer" | "partner" | Credentials = "seller") {
  const settings = {
    endpoint: market.endpoint,
    region: market.region,
    credentials: typeof who === "string" ? keyOf(market, who) : identityOf(who),
    maxAttempts: 1,
  };
  return { iam: new IAMClient(settings), sts: new STSClient(settings) };
}

function keyOf({ accounts }: RunningMarketplace, account: string) {
  const { accessKeyId = "", secretAccessKey = "" } = accounts.find(({ name }) => name === account) ?? {};
  return { accessKeyId, secretAccessKey };
}

function identityOf({ AccessKeyId = "", SecretAccessKey = "", SessionToken }: Credentials) {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
