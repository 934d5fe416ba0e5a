import {
  type _InstanceType,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AcceptAgreementRequestCommand,
  CancelAgreementCommand,
  CreateAgreementRequestCommand,
  ListAgreementChargesCommand,
} from "@aws-sdk/client-marketplace-agreement";
import * as fc from "fast-check";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { catalogOf, connection } from "../catalog/catalog-market";
import { hourlyPrices } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, type Instead, shopIn, type Terms, without } from "./buyer";
import { endContract } from "./end-contract";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGIN = Date.parse("2026-03-02T09:00:00Z");
const cents: Readonly<Record<string, number>> = { "m5.large": 10, "m5.xlarge": 20 };
const TRIAL_DAYS = 5;

const hourly = hourlyPrices({ "m5.large": "0.10", "m5.xlarge": "0.20" });
const types = Object.keys(cents);
const prices: Instead[string] = {
  PricingModel: "Usage",
  Terms: [
    ...hourly.Terms,
    {
      Type: "FreeTrialPricingTerm",
      Duration: `P${TRIAL_DAYS}D`,
      Grants: types.map((DimensionKey) => ({ DimensionKey })),
    },
    {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode: "USD",
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: types.map((DimensionKey) => ({ DimensionKey, Price: "365" })),
        },
      ],
    },
  ],
};

/** A shop as it is on disk, to begin from again and again. */
async function shopOnDisk() {
  const dataDir = folder();
  const market = await startMarketplace({ dataDir, clock: new TurningClock(BEGIN) });
  const { productId, offerId, entity } = await shopIn(catalogOf(market), { UpdatePricingTerms: prices });
  const { DetailsDocument } = await entity(productId);
  const { Versions } = DetailsDocument as { Versions: { DeliveryOptions: { AmiAlias: string }[] }[] };
  await market.close();
  return { dataDir, offerId, alias: Versions[0]?.DeliveryOptions[0]?.AmiAlias ?? "" };
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "use-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

type Step =
  | { readonly do: "launch"; readonly type: string; readonly count: number }
  | { readonly do: "stop" | "start" | "terminate"; readonly which: number }
  | { readonly do: "wait" | "crash"; readonly minutes: number }
  | { readonly do: "subscribe" | "cancel" | "payAhead" };

const oneOf = <T extends string>(...all: T[]) => fc.constantFrom(...all);
const steps = fc.array(
  fc.oneof(
    {
      arbitrary: fc.record({ do: oneOf("launch"), type: oneOf(...types), count: fc.integer({ min: 1, max: 3 }) }),
      weight: 4,
    },
    { arbitrary: fc.record({ do: oneOf("stop", "start", "start", "terminate"), which: fc.nat(9) }), weight: 4 },
    { arbitrary: fc.record({ do: oneOf("wait"), minutes: fc.integer({ min: 1, max: 300 }) }), weight: 3 },
    { arbitrary: fc.record({ do: oneOf("wait", "crash"), minutes: fc.integer({ min: 0, max: 40_000 }) }), weight: 4 },
    { arbitrary: fc.record({ do: oneOf("subscribe", "subscribe", "cancel", "payAhead") }), weight: 3 },
  ),
  { minLength: 20, maxLength: 40, size: "max" },
) as fc.Arbitrary<Step[]>;

interface Run {
  readonly id: string;
  readonly type: string;
  readonly from: number;
  to: number;
}

/** What a person with a notebook would put down beside the marketplace. */
class Notebook {
  readonly runs: Run[] = [];
  readonly subscriptions: { readonly id: string; readonly from: number; readonly trialUntil: number; to: number }[] =
    [];
  /** Units of m5.large that are paid ahead, from when on. */
  readonly paidAhead: { readonly from: number; readonly units: number }[] = [];

  /** Looks at every minute who runs, who is covered and whose hour begins. Cents by agreement and month. */
  charges(until: number): Record<string, Record<string, number>> {
    const sums: Record<string, Record<string, number>> = {};
    const open = this.runs.toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
    for (let now = BEGIN; now < until; now += MINUTE) {
      const subscription = this.subscriptions.find(({ from, to }) => from <= now && now < to);
      if (subscription === undefined) continue;
      let left = this.paidAhead.findLast(({ from }) => from <= now)?.units ?? 0;
      let onTrial = now < subscription.trialUntil;
      for (const { from, to, type } of open) {
        if (from > now || to <= now) continue;
        if (type === "m5.large" && left-- > 0) continue;
        if (onTrial) {
          onTrial = false;
          continue;
        }
        if ((now - from) % HOUR !== 0) continue;
        const month = new Date(now).toISOString().slice(0, 7);
        const ofAgreement = (sums[subscription.id] ??= {});
        ofAgreement[month] = (ofAgreement[month] ?? 0) + (cents[type] ?? 0);
      }
    }
    return sums;
  }
}

test("whatever is started, stopped, bought and ended, and whenever the marketplace dies, a month costs what was used", async () => {
  const shop = await shopOnDisk();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const buyer = await Buyer.open(shop);
      try {
        await buyer.follow({ do: "subscribe" });
        for (const step of all) await buyer.follow(step);
        const month = new Date(buyer.clock.now());
        const end = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1);
        await buyer.clock.turn(end + 6 * HOUR - buyer.clock.now().getTime());
        await buyer.follow({ do: "crash", minutes: 0 });
        expect(await buyer.charged()).toEqual(buyer.notebook.charges(end));
      } finally {
        await buyer.close();
      }
    }),
    { numRuns: 12 },
  );
});

/** Follows steps in a marketplace of its own, and keeps the notebook. */
class Buyer {
  readonly notebook = new Notebook();
  private upfront: string | undefined;

  private constructor(
    private readonly shop: Awaited<ReturnType<typeof shopOnDisk>>,
    readonly clock: TurningClock,
    private dataDir: string,
    private market: RunningMarketplace,
  ) {}

  static async open(shop: Awaited<ReturnType<typeof shopOnDisk>>): Promise<Buyer> {
    const dataDir = folder();
    cpSync(shop.dataDir, dataDir, { recursive: true });
    const clock = new TurningClock(BEGIN);
    return new Buyer(shop, clock, dataDir, await startMarketplace({ dataDir, clock }));
  }

  close(): Promise<void> {
    return this.market.close();
  }

  async follow(step: Step): Promise<void> {
    const { notebook } = this;
    const now = this.clock.now().getTime();
    switch (step.do) {
      case "launch": {
        if (this.subscription === undefined && this.upfront === undefined) return;
        const input = { ImageId: `resolve:ssm:${this.shop.alias}`, InstanceType: step.type as _InstanceType };
        const launch = new RunInstancesCommand({ ...input, MinCount: step.count, MaxCount: step.count });
        const { Instances = [] } = await this.ec2.send(launch);
        for (const { InstanceId: id = "" } of Instances)
          notebook.runs.push({ id, type: step.type, from: now, to: Infinity });
        return;
      }
      case "stop":
      case "terminate": {
        const running = notebook.runs.filter(({ to }) => to === Infinity);
        const run = running[step.which % running.length];
        if (run === undefined) return;
        const InstanceIds = [run.id];
        await this.ec2.send(
          step.do === "stop"
            ? new StopInstancesCommand({ InstanceIds })
            : new TerminateInstancesCommand({ InstanceIds }),
        );
        run.to = now;
        if (step.do === "terminate") this.gone.add(run.id);
        return;
      }
      case "start": {
        const stopped = notebook.runs.filter(
          ({ id }) => !this.gone.has(id) && notebook.runs.every((other) => other.id !== id || other.to !== Infinity),
        );
        const run = stopped[step.which % stopped.length];
        if (run === undefined || (this.subscription === undefined && this.upfront === undefined)) return;
        await this.ec2.send(new StartInstancesCommand({ InstanceIds: [run.id] }));
        notebook.runs.push({ id: run.id, type: run.type, from: now, to: Infinity });
        return;
      }
      case "wait":
        return this.clock.turn(this.within(step.minutes));
      case "subscribe": {
        if (this.subscription !== undefined) return;
        // A product can be tried once.
        const trialUntil = notebook.subscriptions.length === 0 ? now + TRIAL_DAYS * 24 * HOUR : now;
        const tried = trialUntil === now ? ["freeTrialPricingTerm"] : [];
        const id = await this.buyer.buy(this.shop.offerId, without("configurableUpfrontPricingTerm", ...tried));
        notebook.subscriptions.push({ id, from: now, to: Infinity, trialUntil });
        return;
      }
      case "cancel": {
        if (this.subscription === undefined) return;
        await this.endPaidAhead(now);
        await this.buyer.agreements.send(new CancelAgreementCommand({ agreementId: this.subscription.id }));
        this.subscription.to = now;
        return;
      }
      case "payAhead":
        return this.payAhead(now);
      case "crash":
        return this.crash(this.within(step.minutes));
    }
  }

  /** What adds to the subscription has to end first. */
  private async endPaidAhead(now: number): Promise<void> {
    if (this.upfront === undefined) return;
    await endContract(this.market, this.upfront);
    this.upfront = undefined;
    this.notebook.paidAhead.push({ from: now, units: 0 });
  }

  /** One unit more of m5.large. */
  private async payAhead(now: number): Promise<void> {
    const units = (this.notebook.paidAhead.at(-1)?.units ?? 0) + 1;
    if (this.upfront === undefined) {
      if (this.subscription === undefined) return;
      this.upfront = await this.buyer.buy(this.shop.offerId, (terms) => [
        ...without("configurableUpfrontPricingTerm", "usageBasedPricingTerm", "freeTrialPricingTerm")(terms),
        ahead(terms, units),
      ]);
    } else {
      const terms = await this.buyer.termsOf(this.shop.offerId);
      const asked = { intent: "AMEND", sourceAgreementIdentifier: this.upfront } as const;
      const { agreementRequestId } = await this.buyer.agreements.send(
        new CreateAgreementRequestCommand({ ...asked, requestedTerms: [ahead(terms, units)] }),
      );
      await this.buyer.agreements.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
    }
    this.notebook.paidAhead.push({ from: now, units });
  }

  /** So many minutes, if what is paid ahead for a year lasts until then. */
  private within(minutes: number): number {
    const later = this.clock.now().getTime() + minutes * MINUTE;
    return later < BEGIN + 330 * 24 * HOUR ? minutes * MINUTE : 0;
  }

  /** Time goes by, and before anything comes of it the marketplace dies. Another one goes on with what is on disk. */
  private async crash(milliseconds: number): Promise<void> {
    const left = folder();
    void this.clock.turn(milliseconds);
    cpSync(this.dataDir, left, { recursive: true });
    await this.market.close();
    this.dataDir = left;
    this.market = await startMarketplace({ dataDir: left, clock: this.clock });
    await this.clock.turn(0);
  }

  /** Cents by agreement and month, of what was charged for use. */
  async charged(): Promise<Record<string, Record<string, number>>> {
    const sums: Record<string, Record<string, number>> = {};
    for (const { id } of this.notebook.subscriptions) {
      const { items = [] } = await this.buyer.agreements.send(new ListAgreementChargesCommand({ agreementId: id }));
      for (const { amount, time } of items) {
        const month = new Date((time?.getTime() ?? 0) - 24 * HOUR).toISOString().slice(0, 7);
        const ofAgreement = (sums[id] ??= {});
        // A second charge of the same month shows here.
        ofAgreement[month] = (ofAgreement[month] ?? 0) + Math.round(Number(amount) * 100);
      }
    }
    return sums;
  }

  private readonly gone = new Set<string>();

  private get subscription() {
    return this.notebook.subscriptions.find(({ to }) => to === Infinity);
  }

  private get buyer() {
    return buyerOf(this.market, "buyer");
  }

  private get ec2() {
    return new EC2Client(connection(this.market, "buyer"));
  }
}

function ahead(terms: Terms, dimensionValue: number) {
  const dimensions = [{ dimensionKey: "m5.large", dimensionValue }];
  return {
    id: terms["configurableUpfrontPricingTerm"]?.id,
    configuration: { configurableUpfrontPricingTermConfiguration: { selectorValue: "P365D", dimensions } },
  };
}
