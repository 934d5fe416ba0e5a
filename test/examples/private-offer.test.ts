import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { prepareSeller } from "../../automation/tour/prepare";
import { startMarketplace } from "../../backend/index";
import { readOutputs, run, type Operation } from "../../engine/index";
import { buyerOf, everything } from "../backend/agreement/buyer";

const projectDir = join(__dirname, "../../examples/private-offer");

/** The example as a person runs it, against a marketplace of its own; state goes to a temporary folder. */
async function openExample() {
  const market = await startMarketplace();
  const stateDir = mkdtempSync(join(tmpdir(), "private-offer-"));
  onTestFinished(async () => {
    await market.close();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "seller") ?? {};
  const { endpoint, region } = market;
  const built = await prepareSeller({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const env = {
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_PROFILE: "seller",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
  };
  const place = { projectDir, stack: "dev", stateDir, passphrase: "a passphrase of the test" };
  const go = async (operation: Operation, settings: Readonly<Record<string, string>> = {}) => {
    const config = Object.fromEntries(
      Object.entries({ ...built, ...settings }).map(([name, value]) => [`private-offer:${name}`, value]),
    );
    const { result, changes } = await run({ ...place, operation, env, config });
    return { result, changes };
  };
  const outputs = async () => {
    const all = await readOutputs(place);
    return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
  };
  return { go, outputs, buyer: buyerOf(market, "buyer"), partner: buyerOf(market, "partner") };
}

test(
  "two buyers get offers from one rate card, one accepts, and neither sees the other's",
  { timeout: 120_000 },
  async () => {
    const before = readdirSync(projectDir);
    const { go, outputs, buyer, partner } = await openExample();
    expect((await go("up")).result).toBe("succeeded");
    const made = await outputs();
    expect(made).toMatchObject({
      agreementStatus: "ACTIVE",
      agreedPrices: { "m7i.large": "0.0765", "m7i.xlarge": "0.153" },
    });
    const [forNorthwind, forFabrikam] = [String(made.offerOfNorthwind), String(made.offerOfFabrikam)];
    expect(await partner.termsOf(forFabrikam)).toMatchObject({
      usageBasedPricingTerm: { rateCards: [{ rateCard: [{ price: "0.081" }, { price: "0.135" }] }] },
    });

    await expect(partner.discover("getOffer", { offerId: forNorthwind })).rejects.toThrow(forNorthwind);
    await expect(partner.ask(forNorthwind, everything)).rejects.toThrow(forNorthwind);
    await expect(buyer.ask(forFabrikam, everything)).rejects.toThrow(forFabrikam);

    expect(Object.keys((await go("up")).changes)).toEqual(["same"]);
    const planned = await go("preview", { discount: "20" });
    expect(planned).toMatchObject({ result: "succeeded", changes: { replace: 1 } });
    expect((await go("up", { discount: "20" })).result).toBe("succeeded");
    const cheaper = await outputs();
    expect(cheaper.offerOfNorthwind).not.toBe(forNorthwind);
    expect(cheaper).toMatchObject({ offerOfFabrikam: forFabrikam, agreedPrices: { "m7i.large": "0.072" } });

    expect((await go("destroy", { discount: "20" })).result).toBe("succeeded");
    await expect(partner.ask(forFabrikam, everything)).rejects.toThrow(/expired/);
    expect(readdirSync(projectDir)).toEqual(before);
  },
);
