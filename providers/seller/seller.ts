import * as pulumi from "@pulumi/pulumi";
import type { ProductKind, SellerAccount } from "../../marketplace/sellers/seller";
import type { ConnectionArgs } from "../connection";
import type { DeclaredMembers } from "../declared";
import { MarketplaceResource } from "../resource";

export interface SellerArgs extends DeclaredMembers<SellerAccount> {
  /** The account that sells, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * The account's registration as a seller. Everything that is missing for what it `sells` is named before anything is sent.
 * Tax and bank numbers are secrets of the state.
 *
 * The embedded marketplace registers it. Verifying tax and bank can take days, for which `up` does not wait: `refresh` brings
 * the new `maySell`. **On AWS** registering, tax and bank have
 * no public API: no number is sent; the resource looks whether the account is registered and says what is left to do by
 * hand, also as `stepsByHand`.
 *
 * **Deleting** it only forgets it: a registration stays. Legal name, kind and country cannot be changed here.
 *
 * @example
 * new Seller("northwind", { legalName: "Northwind Software, Inc.", kind: "business", country: "US", sells: ["free"], ... });
 */
export class Seller extends MarketplaceResource {
  declare readonly legalName: pulumi.Output<string>;
  /** `seller-…`, the resource's id as well. */
  declare readonly sellerId: pulumi.Output<string>;
  declare readonly sellerArn: pulumi.Output<string>;
  /** What the marketplace lets it sell; empty on AWS, where that cannot be read. */
  declare readonly maySell: pulumi.Output<readonly ProductKind[]>;
  /** What is left to do in the AWS Marketplace Management Portal; empty on an embedded marketplace. */
  declare readonly stepsByHand: pulumi.Output<readonly string[]>;

  constructor(name: string, args: SellerArgs, opts?: pulumi.CustomResourceOptions) {
    const hidden = {
      ...(args.tax !== undefined && { tax: pulumi.secret(args.tax) }),
      ...(args.bank !== undefined && { bank: pulumi.secret(args.bank) }),
    };
    super("Seller", name, { ...args, ...hidden }, ["sellerId", "sellerArn", "maySell", "stepsByHand"], {
      ...opts,
      additionalSecretOutputs: ["tax", "bank", ...(opts?.additionalSecretOutputs ?? [])],
    });
  }
}
