import {
  CancelAgreementCommand,
  DescribeAgreementCommand,
  ListAgreementCancellationRequestsCommand,
  ListAgreementChargesCommand,
  ListAgreementPaymentRequestsCommand,
  type MarketplaceAgreementClient,
} from "@aws-sdk/client-marketplace-agreement";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { catalogOf } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, shopIn } from "./buyer";
import { allowVariablePayments } from "./variable-payments";

export const DAY = 86_400_000;
/** What the agreement allows in all, and after how long time approves. */
export const TOTAL = 100;
export const OPEN_DAYS = 5;
/** After how long a request to cancel is approved without an answer. */
export const ANSWER_DAYS = 7;

/** A seller, a buyer and an agreement between them, in a marketplace that can be stopped and started again. */
export class Deal {
  agreementId = "";
  private market: RunningMarketplace | undefined;
  private offerId = "";
  readonly clock = new TurningClock();

  private constructor(private readonly dataDir: string) {}

  static async open(dataDir: string): Promise<Deal> {
    const deal = new Deal(dataDir);
    await deal.start();
    deal.offerId = (await shopIn(catalogOf(deal.running))).offerId;
    return deal;
  }

  get buyer(): MarketplaceAgreementClient {
    return buyerOf(this.running, "buyer").agreements;
  }

  get seller(): MarketplaceAgreementClient {
    return buyerOf(this.running, "seller").agreements;
  }

  /** A new agreement in the place of the one before. */
  async agree(): Promise<void> {
    const agreementId = this.agreementId;
    if (agreementId !== "") await this.buyer.send(new CancelAgreementCommand({ agreementId })).catch(() => undefined);
    this.agreementId = await buyerOf(this.running, "buyer").buy(this.offerId, everything);
    await allowVariablePayments(this.running, this.agreementId, String(TOTAL), {
      paymentRequestApprovalStrategy: "AUTO_APPROVE_ON_EXPIRATION",
      expirationDuration: `P${OPEN_DAYS}D`,
    });
  }

  async close(): Promise<void> {
    await this.market?.close();
    this.market = undefined;
  }

  /** Everything that both sides can see of the agreement. */
  async seen() {
    const { agreementId } = this;
    const about = { agreementId, partyType: "Acceptor" };
    const [{ status }, payments, cancellations, charges] = await Promise.all([
      this.seller.send(new DescribeAgreementCommand({ agreementId })),
      this.seller.send(new ListAgreementPaymentRequestsCommand({ agreementId, partyType: "Proposer" })),
      this.buyer.send(new ListAgreementCancellationRequestsCommand(about)),
      this.buyer.send(new ListAgreementChargesCommand({ agreementId })),
    ]);
    return {
      agreement: status,
      payments: Object.fromEntries((payments.items ?? []).map((one) => [one.paymentRequestId, one.status])),
      cancellations: Object.fromEntries(
        (cancellations.items ?? []).map((one) => [one.agreementCancellationRequestId, one.status]),
      ),
      charges: (charges.items ?? []).length,
    };
  }

  async start(): Promise<void> {
    this.market = await startMarketplace({ dataDir: this.dataDir, clock: this.clock });
  }

  private get running(): RunningMarketplace {
    if (this.market === undefined) throw new Error("The marketplace is stopped.");
    return this.market;
  }
}
