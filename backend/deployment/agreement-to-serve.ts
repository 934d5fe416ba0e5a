import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import { CATALOG } from "../catalog/arns";
import { entitiesIn } from "../catalog/entities";
import type { Context } from "../service";
import { conflict, denied, invalid, notFound } from "./refusals";

interface Asked {
  readonly catalog: string;
  readonly productId: string;
  readonly agreementId: string;
}

/** The agreement about the product, for its seller. To others than its parties it is not there. */
export function agreementToServe(ctx: Context, { catalog, productId, agreementId }: Asked): StoredAgreement {
  const { store } = ctx.market;
  const { accountId } = ctx.caller;
  if (catalog !== CATALOG) throw invalid("catalog", `The catalog ${catalog} does not exist. Use ${CATALOG}.`);
  const agreement = agreementsIn(store).get(agreementId);
  if (agreement === undefined || (agreement.proposer !== accountId && agreement.acceptor !== accountId)) {
    throw notFound(`The agreement ${agreementId} was not found among those of account ${accountId}.`);
  }
  if (agreement.proposer !== accountId) {
    throw denied(`Only the seller of agreement ${agreementId} may set deployment parameters for its buyer.`);
  }
  if (entitiesIn(store).get(productId) === undefined) throw notFound(`The product ${productId} was not found.`);
  if (agreement.productId !== productId) {
    const message = `Agreement ${agreementId} is about product ${agreement.productId} and not about ${productId}.`;
    throw invalid("productId", message);
  }
  return agreement;
}

/** ConflictException where the agreement has ended. */
export function requireActive({ id, status }: StoredAgreement): void {
  if (status === "ACTIVE") return;
  throw conflict(id, `Agreement ${id} is ${status}. Deployment parameters are set under an active agreement.`);
}
