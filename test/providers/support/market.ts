import { onTestFinished } from "vitest";
import { startMarketplace, type MarketplaceOptions, type RunningMarketplace } from "../../../backend/index";
import { accountsOn } from "../../../providers/accounts";
import type { Session } from "../../../providers/lifecycle";
import { providerOf } from "../../../providers/lifecycle";
import type { Provider } from "../../../providers/provider";
import type { Reconciler } from "../../../providers/reconciler";
import type { Time } from "../../../providers/host/host";
import { systemTime } from "../../../providers/host/system-time";
import { recordingHost, type RecordingHost } from "./recording-host";

/** One run of Pulumi: a process of its own, as far as the providers can tell. */
export interface Run {
  readonly host: RecordingHost;
  provider(reconciler: Reconciler): Provider;
}

/** An embedded marketplace, and AWS's own variables pointing at it until the test ends. */
export async function openMarket(options: MarketplaceOptions = {}): Promise<RunningMarketplace> {
  const market = await startMarketplace(options);
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_PROFILE: "seller",
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  });
  onTestFinished(async () => {
    process.env = before;
    await market.close();
  });
  return market;
}

/** @param config stack configuration: `{ "marketplace:profile": "buyer" }` */
export function startRun(config: Readonly<Record<string, string>> = {}, time: Time = systemTime): Run {
  const host = recordingHost({ time });
  const session: Session = {
    host,
    accounts: accountsOn(host),
    claims: { held: new Set(), takenOver: new Set() },
  };
  return {
    host,
    provider: (reconciler) => {
      const provider = providerOf(reconciler, () => Promise.resolve(session));
      void provider.configure({ config: { get: (key) => config[key] } });
      return provider;
    },
  };
}
