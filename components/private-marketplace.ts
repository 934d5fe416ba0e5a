import * as pulumi from "@pulumi/pulumi";
import { Audience } from "../providers/audience/audience";
import { BrandingSettings } from "../providers/branding-settings/branding-settings";
import type { ConnectionArgs } from "../providers/connection";
import { Experience } from "../providers/experience/experience";
import { ProcurementPolicy } from "../providers/procurement-policy/procurement-policy";

/** A product: its id, `prod-…`, or a resource that has one, such as an AmiProduct of the company's own. */
export type WithProductId = pulumi.Input<string> | { readonly productId: pulumi.Output<string> };

/** Who buys here; at least one of these. An account goes before its organizational unit, and that before the organization. */
export interface PrivateMarketplaceAudience {
  /** Account ids, 12 digits each. */
  readonly accounts?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** `ou-…` */
  readonly organizationalUnits?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** `o-…`: all accounts that nothing closer governs. */
  readonly organization?: pulumi.Input<string>;
}

export interface PrivateMarketplaceBranding {
  /** At most 50 characters; `Private Marketplace` by default. */
  readonly title?: pulumi.Input<string>;
  /** At most 1,000 characters, for the users. */
  readonly information?: pulumi.Input<string>;
  /** `#232F3E`, which is the default. */
  readonly themeColor?: pulumi.Input<string>;
  /** A png or svg file of at most 500 KB that AWS can fetch. */
  readonly logoUrl?: pulumi.Input<string>;
}

export interface PrivateMarketplaceArgs {
  /** 1 to 50 letters, digits, spaces, hyphens and underscores; the component's own name by default. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** The products that may be bought, and no others. */
  readonly allow: pulumi.Input<readonly pulumi.Input<string>[]> | readonly WithProductId[];
  /** Products that were looked at and turned down. They could not be bought without this either. */
  readonly deny?: pulumi.Input<readonly pulumi.Input<string>[]> | readonly WithProductId[];
  /** Whom it governs; nobody yet, where it is left out. */
  readonly audience?: PrivateMarketplaceAudience;
  /** How it looks; as AWS's own, where it is left out. */
  readonly branding?: PrivateMarketplaceBranding;
  /** Whether users may ask for further products; not, by default. */
  readonly requests?: pulumi.Input<boolean>;
  /** Whether it governs its audience yet; it does by default. */
  readonly enabled?: pulumi.Input<boolean>;
  /** The organization's management account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A private marketplace: which products of AWS Marketplace an organization, or a part of it, may buy. Its audience comes
 * under it only once its products are allowed, and leaves it before anything else when it is destroyed.
 *
 * @example
 * new PrivateMarketplace("engineering", {
 *   allow: ["prod-1a2b3c4d5e6f7"],
 *   audience: { organizationalUnits: ["ou-ab12-11111111"] },
 *   branding: { title: "Engineering tools" },
 *   requests: true,
 * });
 */
export class PrivateMarketplace extends pulumi.ComponentResource {
  readonly experience: Experience;
  readonly policy: ProcurementPolicy;
  readonly branding: BrandingSettings | undefined;
  readonly audience: Audience | undefined;
  /** `exp-…` */
  readonly experienceId: pulumi.Output<string>;

  constructor(name: string, args: PrivateMarketplaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("marketplace:index:PrivateMarketplace", name, {}, opts);
    const { audience, branding, description, requests, connection, enabled = true } = args;
    const title = args.name ?? name;
    const [allow, deny] = [idsOf(args.allow), args.deny && idsOf(args.deny)];

    this.experience = new Experience(name, { name: title, description, enabled, connection }, { parent: this });
    const { experienceId } = this.experience;
    this.policy = new ProcurementPolicy(
      `${name}-policy`,
      { experienceId, name: title, allow, deny, requests, connection },
      { parent: this },
    );
    if (branding !== undefined) {
      const look = { ...branding, experienceId, name: title, connection };
      this.branding = new BrandingSettings(`${name}-branding`, look, { parent: this });
    }
    if (audience !== undefined) {
      const principals = principalsOf(audience);
      const complete = [this.policy, ...(this.branding === undefined ? [] : [this.branding])];
      this.audience = new Audience(
        `${name}-audience`,
        { experienceId, name: title, principals, connection },
        { parent: this, dependsOn: complete },
      );
    }
    this.experienceId = experienceId;
    this.registerOutputs({ experienceId });
  }
}

function idsOf(products: PrivateMarketplaceArgs["allow"]): pulumi.Input<readonly pulumi.Input<string>[]> {
  if (!Array.isArray(products)) return products as pulumi.Input<readonly pulumi.Input<string>[]>;
  return products.map((product: WithProductId) => (isResource(product) ? product.productId : product));
}

/** An output answers to every property name, so it is asked first. */
function isResource(product: WithProductId): product is { readonly productId: pulumi.Output<string> } {
  return typeof product === "object" && !pulumi.Output.isInstance(product) && "productId" in product;
}

function principalsOf(audience: PrivateMarketplaceAudience): pulumi.Output<string[]> {
  const { accounts = [], organizationalUnits = [], organization } = audience;
  return pulumi
    .all([pulumi.output(accounts), pulumi.output(organizationalUnits), pulumi.output(organization)])
    .apply(([ids, units, whole]) => [...(ids ?? []), ...(units ?? []), ...(whole === undefined ? [] : [whole])]);
}
