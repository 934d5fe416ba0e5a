import { quantitiesOf } from "../../marketplace/agreements/entitled-quantities";
import { page } from "../catalog/paging";
import { AwsError, type Context, type Service } from "../service";
import { customerIdentifier, productOfCode, usableAgreements } from "./customers";

interface GetEntitlementsRequest {
  readonly ProductCode: string;
  readonly Filter?: Readonly<Record<string, readonly string[]>>;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

interface Entitlement {
  readonly ProductCode: string;
  readonly Dimension: string;
  readonly CustomerIdentifier: string;
  readonly CustomerAWSAccountId: string;
  readonly Value: { readonly IntegerValue: number };
  readonly ExpirationDate?: Date;
  readonly LicenseArn: string;
}

/** What the customers of a seller's product have paid for in advance. */
function getEntitlements(ctx: Context, request: GetEntitlementsRequest): object {
  const { ProductCode, Filter = {}, NextToken, MaxResults = 25 } = request;
  const product = productOfCode(ctx.market.store, ProductCode);
  if (product?.owner !== ctx.caller.accountId) throw invalid(`There is no product of yours with code ${ProductCode}.`);
  const found = usableAgreements(ctx.market, product).flatMap((agreement) =>
    quantitiesOf(agreement.terms).map(({ dimension, quantity = 1 }): Entitlement => ({
      ProductCode,
      Dimension: dimension,
      CustomerIdentifier: customerIdentifier(agreement),
      CustomerAWSAccountId: agreement.acceptor,
      Value: { IntegerValue: quantity },
      ...(agreement.end !== undefined && { ExpirationDate: new Date(agreement.end) }),
      LicenseArn: agreement.licenseArn,
    })),
  );
  const listed = found
    .filter((one) => Object.entries(Filter).every(([name, values]) => values.includes(valueOf(one, name))))
    .map((item) => ({ id: `${item.LicenseArn}/${item.Dimension}`, key: undefined, item }));
  const query = { ProductCode, Filter, account: ctx.caller.accountId };
  try {
    const { items, token } = page(listed, { order: "ASCENDING", size: MaxResults, token: NextToken, query });
    return { Entitlements: items, NextToken: token };
  } catch (error) {
    if (NextToken === undefined || !(error instanceof AwsError)) throw error;
    throw invalid("The NextToken is not one that this request returned.");
  }
}

function valueOf(entitlement: Entitlement, filter: string): string {
  switch (filter) {
    case "CUSTOMER_IDENTIFIER":
      return entitlement.CustomerIdentifier;
    case "CUSTOMER_AWS_ACCOUNT_ID":
      return entitlement.CustomerAWSAccountId;
    case "LICENSE_ARN":
      return entitlement.LicenseArn;
    default:
      return entitlement.Dimension;
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message, { status: 400 });
}

/** AWS Marketplace Entitlement Service, version 2017-01-11. */
export const service: Service = {
  handlers: { GetEntitlements: getEntitlements },
  malformed: (_, { message }) => invalid(message),
};
