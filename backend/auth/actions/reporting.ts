import type { Rights } from "../need";

/**
 * AWS Marketplace Reporting: Service Authorization Reference, "Actions, resources, and condition keys for AWS Marketplace
 * Reporting". The resource is the dashboard.
 */
export const rights: Rights = {
  GetBuyerDashboard: (_ctx, { dashboardIdentifier }: { readonly dashboardIdentifier: string }) => [
    { action: "aws-marketplace:GetBuyerDashboard", resource: dashboardIdentifier },
  ],
};
