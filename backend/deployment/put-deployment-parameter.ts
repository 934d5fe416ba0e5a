import { randomUUID } from "node:crypto";
import type { StoredAgreement } from "../agreement/agreements";
import { canonical } from "../catalog/documents";
import { newEntityId } from "../catalog/ids";
import { putServiceSecret } from "../secrets-manager/secrets";
import type { Context } from "../service";
import type { Table } from "../storage/store";
import { agreementToServe, requireActive } from "./agreement-to-serve";
import { expireOnTime } from "./expiration";
import { type DeploymentParameter, OWNING_SERVICE, parameterArn, parametersIn, secretName } from "./parameters";
import { conflict, invalid, overQuota } from "./refusals";
import { checkTags } from "./tags";

export interface PutDeploymentParameterRequest {
  readonly catalog: string;
  readonly productId: string;
  readonly agreementId: string;
  readonly deploymentParameter: { readonly name: string; readonly secretString: string };
  readonly expirationDate?: Date;
  readonly tags?: Readonly<Record<string, string>>;
  readonly clientToken?: string;
}

interface Answer {
  readonly agreementId: string;
  readonly deploymentParameterId: string;
  readonly resourceArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Remembered {
  readonly fingerprint: string;
  readonly answer: Answer;
}

/** Service quotas for the AWS Marketplace Deployment API. */
const MOST_PARAMETERS = 10;
const MOST_UPDATES = 100;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Puts a text into the buyer's account as a secret: the product's seller names an agreement in force and a parameter of
 * the product's deployment template. A name that is there already gets a new version; its tags stay, and its expiration
 * too where the request gives none. A request that comes again with its token changes nothing (API reference,
 * PutDeploymentParameter).
 */
export function putDeploymentParameter(ctx: Context, request: PutDeploymentParameterRequest): Answer {
  const { market, caller, region } = ctx;
  const { clientToken = randomUUID(), deploymentParameter, expirationDate, tags = {} } = request;
  const agreement = agreementToServe(ctx, request);
  const before = tokensIn(ctx).get(`${caller.accountId}/${clientToken}`);
  const fingerprint = fingerprintOf(ctx, request);
  if (before?.fingerprint === fingerprint) return before.answer;
  if (before !== undefined) {
    const message = `The clientToken was already used, with a different request. Use a new token for a new request.`;
    throw conflict(before.answer.deploymentParameterId, message);
  }
  requireActive(agreement);
  if (expirationDate !== undefined && expirationDate <= market.clock.now()) {
    throw invalid(
      "expirationDate",
      `The expiration date ${expirationDate.toISOString()} has passed. Give a later one.`,
    );
  }
  checkTags(tags, "tags");
  const named = { buyer: agreement.acceptor, productId: agreement.productId, region, name: deploymentParameter.name };
  const known = parametersIn(market).named(named);
  if (market.limits) refuseOverQuota(ctx, named, known);
  const expires = expirationDate?.toISOString() ?? known?.expires;
  const parameter: DeploymentParameter = {
    ...named,
    seller: caller.accountId,
    id: known?.id ?? newEntityId("dp"),
    tags: known?.tags ?? tags,
    updates: [...(known === undefined ? [] : lately(ctx, known)), ...(known ? [market.clock.now().toISOString()] : [])],
    ...(expires !== undefined && { expires }),
  };
  parametersIn(market).put(parameter);
  putServiceSecret(market, {
    accountId: parameter.buyer,
    region,
    owningService: OWNING_SERVICE,
    name: secretName(parameter),
    text: deploymentParameter.secretString,
    versionId: clientToken,
    tags: expires === undefined ? {} : { expirationDate: expires },
    expires,
  });
  expireOnTime(market);
  const answer = answerOf(parameter, agreement);
  tokensIn(ctx).put(`${caller.accountId}/${clientToken}`, { fingerprint, answer });
  return answer;
}

function answerOf(parameter: DeploymentParameter, { id: agreementId }: StoredAgreement): Answer {
  return {
    agreementId,
    deploymentParameterId: parameter.id,
    resourceArn: parameterArn(parameter),
    tags: parameter.tags,
  };
}

function refuseOverQuota(
  ctx: Context,
  named: Pick<DeploymentParameter, "buyer" | "productId" | "region">,
  known: DeploymentParameter | undefined,
): void {
  if (known === undefined && parametersIn(ctx.market).of(named).length >= MOST_PARAMETERS) {
    throw overQuota(
      `A buyer has at most ${MOST_PARAMETERS} deployment parameters of a product. Set one anew, or wait until one expires.`,
    );
  }
  if (known !== undefined && lately(ctx, known).length >= MOST_UPDATES) {
    throw overQuota(`A deployment parameter is updated at most ${MOST_UPDATES} times in 24 hours. Try again later.`);
  }
}

function lately({ market }: Context, { updates }: DeploymentParameter): readonly string[] {
  const since = new Date(market.clock.now().getTime() - DAY).toISOString();
  return updates.filter((moment) => moment > since).slice(-MOST_UPDATES);
}

/** Secrets can be short enough to be guessed from a plain digest. */
function fingerprintOf({ market, region }: Context, request: PutDeploymentParameterRequest): string {
  const { expirationDate, ...rest } = request;
  return market.vault.fingerprint(
    canonical({ ...rest, region, clientToken: undefined, expirationDate: expirationDate?.toISOString() }),
  );
}

function tokensIn({ market }: Context): Table<Remembered> {
  return market.store.table("deployment.client-tokens");
}
