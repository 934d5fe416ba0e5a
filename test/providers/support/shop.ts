import { onTestFinished } from "vitest";
import { openShop } from "../../backend/agreement/buyer";

/** An embedded marketplace with a public listing; AWS's own variables make the buyer its client until the test ends. */
export async function openShopAsBuyer(...options: Parameters<typeof openShop>) {
  const shop = await openShop(...options);
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_CONFIG_FILE: shop.market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: shop.market.credentialsFile,
    AWS_PROFILE: "buyer",
    AWS_ENDPOINT_URL: shop.market.endpoint,
    AWS_REGION: shop.market.region,
  });
  onTestFinished(() => {
    process.env = before;
  });
  return shop;
}
