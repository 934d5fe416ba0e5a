import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface ProductRequestArgs {
  /** The product that the private marketplace lacks: `prod-…`. */
  readonly productId: pulumi.Input<string>;
  /** Why, for those who decide: at most 1,000 characters. */
  readonly notes?: pulumi.Input<string>;
  /** The account that wants to buy, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A user's wish for a product that the account's private marketplace does not allow. Its administrators answer by allowing
 * or denying the product; `refresh` brings the answer into `status`. Nobody waits for it.
 *
 * Works on an embedded marketplace. **On AWS** the change type has a name but no published document: `up` fails before
 * anything is sent, and says where to ask instead.
 *
 * **Deleting** it takes the request back, unless it has been answered. **Replaced** when product or notes change.
 *
 * @example
 * const wish = new ProductRequest("queue", { productId: "prod-1a2b3c4d5e6f7", notes: "For the billing team." });
 * export const answer = wish.status;
 */
export class ProductRequest extends MarketplaceResource {
  declare readonly productId: pulumi.Output<string>;
  /** `procrequest-…`, the resource's id as well. */
  declare readonly requestId: pulumi.Output<string>;
  declare readonly requestArn: pulumi.Output<string>;
  /** `Pending`, `Approved` or `Declined`, when it was last looked at. */
  declare readonly status: pulumi.Output<string>;
  /** The experience whose administrators decide: `exp-…`. */
  declare readonly experienceId: pulumi.Output<string>;

  constructor(name: string, args: ProductRequestArgs, opts?: pulumi.CustomResourceOptions) {
    super("ProductRequest", name, { ...args }, ["requestId", "requestArn", "status", "experienceId"], opts);
  }
}
