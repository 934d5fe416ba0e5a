import { startMarketplace, type RunningMarketplace } from "../../backend/index";
import type { SellerConnection } from "./prepare";

/** The marketplace of a tour with what its seller needs; everything is gone when it closes. */
export interface TourMarket {
  readonly endpoint: string;
  readonly seller: Required<SellerConnection>;
  /** What programs and providers need to reach it as the seller. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openTourMarket(dataDir: string): Promise<TourMarket> {
  const market = await startMarketplace({ dataDir });
  const { accessKeyId, secretAccessKey } = sellerOf(market);
  const { endpoint, region } = market;
  return {
    endpoint,
    seller: { endpoint, region, credentials: { accessKeyId, secretAccessKey } },
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_CONFIG_FILE: market.configFile,
      AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
      AWS_PROFILE: "seller",
      AWS_REGION: region,
    },
    close: () => market.close(),
  };
}

function sellerOf({ accounts }: RunningMarketplace): RunningMarketplace["accounts"][number] {
  const seller = accounts.find(({ name }) => name === "seller");
  if (seller === undefined) throw new Error("The marketplace has no seller.");
  return seller;
}
