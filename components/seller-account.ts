import * as pulumi from "@pulumi/pulumi";
import { IngestionRole } from "../providers/ingestion-role/ingestion-role";
import { Seller, type SellerArgs } from "../providers/seller/seller";
import { PortalTeam, type PortalTeamArgs } from "./portal-team";

export interface SellerAccountArgs extends SellerArgs {
  /** The role's name: `<component>-ingestion` unless said. */
  readonly ingestionRoleName?: pulumi.Input<string>;
  /** Who may open which pages of the seller portal; nobody unless said. */
  readonly team?: PortalTeamArgs["people"];
}

/**
 * All that an account needs before its first listing: the registration, the role by which AWS Marketplace copies images,
 * and the people of the seller portal.
 *
 * @example
 * const account = new SellerAccount("northwind", { legalName: "Northwind Software, Inc.", ..., team: [{ person: "alice", pages: "all" }] });
 * export const accessRoleArn = account.ingestionRole.arn;
 */
export class SellerAccount extends pulumi.ComponentResource {
  readonly seller: Seller;
  readonly ingestionRole: IngestionRole;
  readonly team?: PortalTeam;

  constructor(name: string, args: SellerAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("marketplace:index:SellerAccount", name, {}, opts);
    const { ingestionRoleName = `${name}-ingestion`, team, ...registration } = args;
    const { connection } = registration;
    const child = { parent: this };

    this.seller = new Seller(name, registration, child);
    this.ingestionRole = new IngestionRole(`${name}-ingestion`, { name: ingestionRoleName, connection }, child);
    if (team !== undefined) this.team = new PortalTeam(`${name}-team`, { people: team, connection }, child);
    this.registerOutputs({ sellerId: this.seller.sellerId, ingestionRoleArn: this.ingestionRole.arn });
  }
}
