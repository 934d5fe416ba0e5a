import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { run, type RunOptions } from "../../engine/index";
import { startMarketplace } from "../../backend/index";
import { type Instead, shopIn } from "../backend/agreement/buyer";
import { catalogOf } from "../backend/catalog/catalog-market";
import { hourlyPrices } from "../backend/catalog/listing";
import { type Block, moduleName, placeOf } from "./pages";

/** What the programs take from their configuration. */
const config = {
  taxpayerNumber: "143/262/10020",
  vatNumber: "DE123456789",
  routingNumber: "021000021",
  accountNumber: "000123456789",
};

export interface Preview {
  readonly result: string;
  /** Errors and warnings. */
  readonly said: readonly string[];
  readonly violations: readonly Violation[];
  /** Types and names of what a block would make: `AccessGroup MarketplaceViewers`. */
  madeBy(block: Block): readonly string[];
}

export interface Violation {
  readonly urn: string;
  readonly policy: string;
  readonly level: string;
  readonly message: string;
}

/**
 * Previews blocks as one program on the embedded engine, against a marketplace of its own with one listing on sale. The
 * first product and the first offer that a block names stand for that listing's.
 */
export async function preview(blocks: readonly Block[], options: Partial<RunOptions> = {}): Promise<Preview> {
  const market = await startMarketplace({ limits: false });
  const folder = mkdtempSync(join(tmpdir(), "documentation-"));
  const file = join(folder, "blocks.json");
  const slugs = new Map(blocks.map((block) => [block, placeOf(block).replaceAll(/\W+/g, "-")]));
  const { productId, offerId } = await shopIn(catalogOf(market), onOffer({ "m5.large": "0.10", "m7i.large": "0.09" }));
  const programs = [...slugs].map(([block, slug]) => ({
    slug,
    place: placeOf(block),
    page: block.page.path,
    module: moduleName(block),
    code: compiled(onSale(block.code, productId, offerId)),
  }));
  writeFileSync(file, JSON.stringify(programs));
  const made: string[] = [];
  const said: string[] = [];
  const violations: Violation[] = [];
  try {
    const { result } = await run({
      operation: "preview",
      projectDir: join(__dirname, "program"),
      stack: "dev",
      stateDir: folder,
      passphrase: "a passphrase of the test",
      config: Object.fromEntries(Object.entries(config).map(([name, value]) => [`documentation:${name}`, value])),
      ...options,
      env: {
        BLOCKS: file,
        AWS_CONFIG_FILE: market.configFile,
        AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
        AWS_PROFILE: "buyer",
        AWS_ENDPOINT_URL: market.endpoint,
        AWS_REGION: market.region,
        ...options.env,
      },
      onEvent: ({ resourcePreEvent, diagnosticEvent, policyEvent }) => {
        if (resourcePreEvent) made.push(resourcePreEvent.metadata.urn);
        if (diagnosticEvent && /error|warning/.test(diagnosticEvent.severity)) {
          said.push(diagnosticEvent.message);
        }
        if (policyEvent) {
          const { enforcementLevel: level, policyName: policy, resourceUrn: urn = "", message } = policyEvent;
          violations.push({ urn, policy, level, message });
        }
      },
    });
    return {
      result,
      said,
      violations,
      madeBy: (block) =>
        made
          .filter((urn) => urn.includes(`documentation:page:${slugs.get(block)}$`))
          .map((urn) => urn.replace(/^.*:(\w+)::/, "$1 ")),
    };
  } finally {
    await market.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a listing says that is sold by the hour on these instance types. */
function onOffer(prices: Readonly<Record<string, string>>): Instead {
  const types = Object.keys(prices);
  return {
    AddInstanceTypes: { InstanceTypes: types },
    AddDimensions: types.map((type) => ({
      Key: type,
      Name: type,
      Description: type,
      Unit: "Hrs",
      Types: ["Metered"],
    })),
    UpdatePricingTerms: hourlyPrices(prices),
  };
}

function onSale(code: string, productId: string, offerId: string): string {
  const [product = productId] = /prod-[a-z0-9]{13}/.exec(code) ?? [];
  const [offer = offerId] = /offer-[a-z0-9]{13}/.exec(code) ?? [];
  return code.replaceAll(product, productId).replaceAll(offer, offerId);
}

function compiled(code: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
