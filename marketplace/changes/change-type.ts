import type { GoverningExperience } from "../private-marketplace/may-buy";
import type { Problem } from "../problem";

/** Any JSON value, as DetailsDocument carries it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The part of JSON Schema that the catalog's documents need; compiled once by `schema.ts`. */
export type Schema = { readonly [keyword: string]: unknown };

/** One change of a change set, as a client asks for it. */
export interface Change {
  /** `AddRegions` */
  readonly changeType: string;
  readonly entity: {
    /** With its version: `AmiProduct@1.0`. */
    readonly type: string;
    /** Absent when the change creates the entity. `prod-…`, or `$Name.Entity.Identifier` of a creating change. */
    readonly identifier?: string;
  };
  /** What other changes of the set call it in references. */
  readonly changeName?: string;
  readonly details: Json;
  /** Tags for the entity that this change creates. */
  readonly entityTags?: Readonly<Record<string, string>>;
}

/** A change whose references are resolved and whose entity is known. */
export interface ResolvedChange extends Change {
  /** Its place in the change set as it was sent, from 0. */
  readonly index: number;
  readonly entityId: string;
}

/** An entity as the catalog keeps it. */
export interface Entity {
  /** `AmiProduct@1.0` */
  readonly type: string;
  /** `prod-…`, `offer-…` */
  readonly id: string;
  /** The owner's twelve digits. */
  readonly owner: string;
  /** What DescribeEntity shows as DetailsDocument. */
  readonly details: JsonObject;
  /** What was submitted and is never read back: ingestion role, source image, EULA URL. Keyed by change type or id. */
  readonly submitted: JsonObject;
}

/** What EC2 and IAM know of an image that AddDeliveryOptions names; gathered before the checks, which stay pure. */
export interface AssetFacts {
  readonly image:
    | { readonly found: false; /** e.g. "ami-… is not in us-east-1" */ readonly reason: string }
    | {
        readonly found: true;
        readonly ownerId: string;
        readonly name: string;
        /** RFC 3339, UTC. */
        readonly creationDate: string;
        readonly architecture: string;
        readonly virtualizationType: string;
        readonly rootDeviceType: string;
        readonly enaSupport: boolean;
        readonly productCodes: readonly string[];
        readonly snapshots: readonly { readonly id: string; readonly encrypted: boolean }[];
      };
  readonly role:
    | { readonly found: false; readonly reason: string }
    | {
        readonly found: true;
        /** assets.marketplace.amazonaws.com may assume it. */
        readonly trustsIngestion: boolean;
        /** Actions of the AMI ingestion policy that the role's policies do not allow. */
        readonly missingActions: readonly string[];
        /** The caller may iam:PassRole it to assets.marketplace.amazonaws.com. */
        readonly passable: boolean;
      };
}

/** What AWS Marketplace's verification of a seller came to. */
export interface SellerFacts {
  readonly maySell: readonly ("free" | "byol" | "paid" | "govcloud")[];
  readonly missing: readonly Problem[];
}

/**
 * What a check may look at: the catalog as the changes so far leave it, and facts gathered beforehand. In the backend
 * all of it is known; a provider's check runs offline, so a fact may be `undefined`: then nothing is said about it.
 */
export interface World {
  /** The account that asks: twelve digits. */
  readonly account: string;
  /** RFC 3339, UTC, whole seconds. */
  readonly now: string;
  /** Every change of the set, references resolved. */
  readonly changes: readonly ResolvedChange[];
  entity(id: string): Entity | undefined;
  /** The caller's entities of a type (`Offer@1.0`), those of this set included. */
  entitiesOf(type: string): Iterable<Entity>;
  /** A fresh id: `newId("prod")` is `prod-…`. */
  newId(prefix: string): string;
  /** What the account may sell, and why not the rest; undefined where that is not known. */
  readonly seller?: SellerFacts | undefined;
  assets(source: { readonly AmiId: string; readonly AccessRoleArn: string }): AssetFacts | undefined;
  /** What concerns private marketplaces; absent where it is not known. */
  readonly buyers?: BuyerFacts;
  /** The legal document at a web address; undefined where nothing is known of it, as of most of the web. */
  readonly legalDocument?: (url: string) => DocumentFacts | undefined;
  /** The agreement of that id, if the caller proposed it; the function is absent where agreements are not known. */
  readonly proposedAgreement?: (id: string) => ProposedAgreement | undefined;
}

/** A document as the marketplace finds it when it fetches its copy. */
export type DocumentFacts =
  | { readonly found: false; /** e.g. "bucket … has no object …" */ readonly reason: string }
  | { readonly found: true; readonly isPdf: boolean; readonly needsPassword: boolean };

/** What a seller knows of an agreement that a buyer accepted. */
export interface ProposedAgreement {
  readonly id: string;
  readonly productId: string;
  /** The buyer's account. */
  readonly acceptor: string;
  readonly active: boolean;
  /** It is paid ahead for a time: its offer has the pricing model Contract. */
  readonly isContract: boolean;
}

/** Products and accounts beyond the caller's own, and what the caller may buy. */
export interface BuyerFacts {
  /** Somebody sells, or sold, the product in AWS Marketplace. */
  isListed(productId: string): boolean;
  /** The caller administers the organization of this account, organizational unit or organization. */
  mayGovern(principal: string): boolean;
  /** ARN of the person or program that asks. */
  readonly requester: string;
  /** The private marketplace that decides what the caller's account buys. */
  governedBy(): GoverningExperience | undefined;
}

/** What a change makes of its entity, and of others that belong to it. */
export type Changed = Pick<Entity, "details" | "submitted"> & {
  /** Entities that come into being or change along with it: the policy of an experience. */
  readonly beside?: readonly Entity[];
};

/** A change type, whole: what it takes, when it may run, what it does. `marketplace/changes/` holds one entry for each. */
export interface ChangeType<Details = Json> {
  readonly changeType: string;
  readonly entityType: string;
  /** Present when the change makes a new entity: the prefix of its id (`prod`). */
  readonly creates?: string;
  readonly schema: Schema;
  /** Paths in the document, `Tax.TaxpayerNumber`, of texts that are kept encrypted and shown by their last digits only. */
  readonly secrets?: readonly string[];
  /** What else is refused at once about a document that fits the schema. Paths start at the document. */
  readonly checkDocument?: (details: Details) => Problem[];
  /** Preconditions, on the entity as the changes before this one leave it. Paths start at the details document. */
  readonly check?: (world: World, entity: Entity, details: Details) => Problem[];
  /**
   * The entity after the change. Works for every document that the schema accepts, also when `check` found problems, so
   * that later changes of the set can be looked at too; nothing of such a set is kept.
   */
  readonly apply: (world: World, entity: Entity, details: Details) => Changed;
  /** What must hold once the whole set is applied: a priced dimension for each instance type, a complete offer. */
  readonly verify?: (world: World, entity: Entity, details: Details) => Problem[];
}

/** An entry as the index holds it: the schema has vouched for the details by the time the entry's functions see them. */
export function entry<Details>(changeType: ChangeType<Details>): ChangeType {
  return changeType as ChangeType<never> as ChangeType;
}
