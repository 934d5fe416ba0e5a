import {
  type Change,
  DescribeChangeSetCommand,
  DescribeEntityCommand,
  ListTagsForResourceCommand,
  type MarketplaceCatalogClient,
  StartChangeSetCommand,
  TagResourceCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { change, INFORMATION } from "../backend/catalog/listing";

const Catalog = "AWSMarketplace";

interface Request {
  readonly token: string;
  readonly changes: Change[];
  /** Nothing is wrong with it, so it must succeed. */
  readonly good: boolean;
}

/**
 * One product and its offer. Every change set gives both the same new name, so a half-applied one would show; now and
 * then one has a mistake in its last change, and must leave both alone.
 */
export class TwinNames {
  private productId = "";
  private offerId = "";
  private count = 0;
  private tagged = 0;
  /** Sent, but its answer or its end was not seen yet. */
  private open: Request | undefined;
  /** Change sets whose acceptance was answered, and the end that was seen of them. */
  private readonly answered = new Map<string, { readonly good: boolean; readonly end?: string | undefined }>();

  constructor(private readonly name: string) {}

  get answers(): number {
    return this.answered.size;
  }

  /** Changes and tags until the marketplace is gone. */
  async work(catalog: MarketplaceCatalogClient): Promise<void> {
    try {
      for (;;) {
        this.open ??= this.next();
        await this.finish(catalog, this.open);
        if (this.productId !== "") await this.tag(catalog);
      }
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
    }
  }

  /** What a restarted marketplace got wrong: nothing, it is to be hoped. */
  async complaints(catalog: MarketplaceCatalogClient): Promise<string[]> {
    const complaints: string[] = [];
    for (const [id, { good, end }] of this.answered) {
      const status = await this.ended(catalog, id);
      const expected = end ?? (good ? "SUCCEEDED" : "FAILED");
      if (status !== expected) complaints.push(`${this.name}: change set ${id} is ${status}, not ${expected}`);
    }
    // Sent again with its token, a request whose answer was lost must not be done twice.
    if (this.open !== undefined) await this.finish(catalog, this.open);
    return this.productId === "" ? complaints : [...complaints, ...(await this.differences(catalog))];
  }

  private async differences(catalog: MarketplaceCatalogClient): Promise<string[]> {
    const product = await catalog.send(new DescribeEntityCommand({ Catalog, EntityId: this.productId }));
    const offer = await catalog.send(new DescribeEntityCommand({ Catalog, EntityId: this.offerId }));
    const { Tags } = await catalog.send(new ListTagsForResourceCommand({ ResourceArn: product.EntityArn }));
    const title = (product.DetailsDocument as { Description: { ProductTitle: string } }).Description.ProductTitle;
    const { Name } = offer.DetailsDocument as { Name: string };
    const revision = [...this.answered.values()].filter(({ good }) => good).length;
    const tagged = Number(Tags?.[0]?.Value ?? 0);
    // The answer to one tag more may have been lost.
    const tagComplaint =
      tagged === this.tagged || tagged === this.tagged + 1 ? [] : [`tag ${tagged}, not ${this.tagged}`];
    this.tagged = tagged;
    return [
      ...(title === Name ? [] : [`product ${title}, offer ${Name}`]),
      ...(product.EntityIdentifier?.endsWith(`@${revision}`) ? [] : [`${product.EntityIdentifier}, not @${revision}`]),
      ...(offer.EntityIdentifier?.endsWith(`@${revision}`) ? [] : [`${offer.EntityIdentifier}, not @${revision}`]),
      ...tagComplaint,
    ].map((complaint) => `${this.name}: ${complaint}`);
  }

  private next(): Request {
    this.count += 1;
    const good = this.productId === "" || this.count % 5 !== 0;
    return { token: `${this.name}-${this.count}`.replaceAll(" ", "-"), changes: this.changes(good), good };
  }

  private changes(good: boolean): Change[] {
    const name = `${this.name} ${this.count}`;
    const create: Change[] = [
      change("CreateProduct", "AmiProduct@1.0", undefined, { ProductTitle: name }, "Product"),
      change("CreateOffer", "Offer@1.0", undefined, { ProductId: "$Product.Entity.Identifier" }, "Offer"),
      change("UpdateInformation", "Offer@1.0", "$Offer.Entity.Identifier", { Name: name }),
    ];
    if (this.productId === "") return create;
    return [
      change("UpdateInformation", "AmiProduct@1.0", this.productId, { ...INFORMATION, ProductTitle: name }),
      change("UpdateInformation", "Offer@1.0", this.offerId, { Name: name }),
      change("AddRegions", "AmiProduct@1.0", this.productId, { Regions: [good ? "us-east-1" : "mars-north-1"] }),
    ];
  }

  private async finish(catalog: MarketplaceCatalogClient, { token, changes, good }: Request): Promise<void> {
    const request = { Catalog, ClientRequestToken: token, ChangeSet: changes };
    const { ChangeSetId = "" } = await catalog.send(new StartChangeSetCommand(request));
    this.answered.set(ChangeSetId, { good });
    this.answered.set(ChangeSetId, { good, end: await this.ended(catalog, ChangeSetId) });
    this.open = undefined;
  }

  private async ended(catalog: MarketplaceCatalogClient, ChangeSetId: string): Promise<string | undefined> {
    for (;;) {
      const { Status, ChangeSet } = await catalog.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId }));
      if (Status === "SUCCEEDED" && this.productId === "") {
        this.productId = ChangeSet?.[0]?.Entity?.Identifier?.split("@")[0] ?? "";
        this.offerId = ChangeSet?.[1]?.Entity?.Identifier?.split("@")[0] ?? "";
      }
      if (Status !== "PREPARING" && Status !== "APPLYING") return Status;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  private async tag(catalog: MarketplaceCatalogClient): Promise<void> {
    const ResourceArn = `arn:aws:aws-marketplace:us-east-1:111122223333:${Catalog}/AmiProduct/${this.productId}`;
    const next = this.tagged + 1;
    await catalog.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "count", Value: String(next) }] }));
    this.tagged = next;
  }
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return code === "ECONNRESET" || code === "ECONNREFUSED" || code === "EPIPE" || error.name === "TimeoutError";
}
