import { AwsError, type Context, type Service } from "../service";
import { type Dashboard, newLink } from "./embeds";

interface GetBuyerDashboardInput {
  readonly dashboardIdentifier: string;
  readonly embeddingDomains: readonly string[];
}

/**
 * A link to a dashboard of everything that the caller's organization buys. There is no AWS Organizations here: each
 * account is the management account of an organization of its own, which has no other members.
 *
 * @throws AccessDeniedException for the dashboard of another account.
 */
function getBuyerDashboard(ctx: Context, { dashboardIdentifier, embeddingDomains }: GetBuyerDashboardInput): object {
  const [, accountId, dashboard] = /^arn:aws:aws-marketplace::(\d{12}):.*\/(\w+)_V1$/.exec(dashboardIdentifier) ?? [];
  if (accountId !== ctx.caller.accountId) {
    throw new AwsError(
      "AccessDeniedException",
      `Account ${ctx.caller.accountId} is neither the management account nor a delegated administrator of the ` +
        `organization of ${accountId}. Ask for the dashboard of your own account.`,
    );
  }
  const view = { accountId, dashboard: dashboard as Dashboard, domains: embeddingDomains };
  return { embedUrl: newLink(ctx.market, view), dashboardIdentifier, embeddingDomains };
}

/** AWS Marketplace Reporting Service, version 2018-05-10. */
export const service: Service = {
  handlers: { GetBuyerDashboard: getBuyerDashboard },
  malformed: (_, { message }) => new AwsError("BadRequestException", message),
};
