import type { JsonObject } from "../../marketplace/changes/change-type";
import type { AudienceDocument } from "../../marketplace/changes/experience/audience";
import type { ExperienceDocument } from "../../marketplace/changes/experience/experience";
import type { PolicyDocument } from "../../marketplace/changes/experience/procurement-policy";
import type { BrandingDocument } from "../../marketplace/private-marketplace/plan-branding";
import type { Account } from "../accounts";
import type { DescribedEntity } from "../entities";

/** An entity of a private marketplace, with its document as AWS describes it. */
export type Seen<Document extends JsonObject> = Omit<DescribedEntity, "details"> & { readonly details: Document };

/** What belongs to an experience, by the kind of entity. */
export interface Parts {
  readonly ProcurementPolicy: PolicyDocument;
  readonly BrandingSettings: BrandingDocument;
  readonly Audience: AudienceDocument;
}

/** What a document may leave out as long as there is nothing to say. */
const empty: Readonly<Record<keyof Parts, JsonObject>> = {
  ProcurementPolicy: {
    Name: null,
    Description: null,
    Statements: [],
    Configuration: { PolicyResourceRequests: "Deny" },
  },
  BrandingSettings: { Name: null, Configuration: {} },
  Audience: { Name: null, Description: null, Principals: [] },
};

/** The experience; undefined when the account has none of that id. */
export async function experience(account: Account, id: string): Promise<Seen<ExperienceDocument> | undefined> {
  const found = await account.entities.describe(id);
  return found && (withDefaults(found, { ProcurementPolicies: [], BrandingSettings: [] }) as Seen<ExperienceDocument>);
}

/** @throws when the account has no such experience. */
export async function knownExperience(account: Account, id: string): Promise<Seen<ExperienceDocument>> {
  const found = await experience(account, id);
  if (found !== undefined) return found;
  throw new Error(`experienceId: account ${account.id} has no experience ${id}. [ENTITY_NOT_FOUND]`);
}

/** The part of an experience; undefined while it has none. An experience names its policy and branding, its audience names it. */
export async function partOf<Kind extends keyof Parts>(
  account: Account,
  kind: Kind,
  owner: Seen<ExperienceDocument>,
): Promise<Seen<Parts[Kind]> | undefined> {
  if (kind === "Audience") return audienceOf(account, owner.id);
  const [id] = kind === "ProcurementPolicy" ? owner.details.ProcurementPolicies : owner.details.BrandingSettings;
  return id === undefined ? undefined : part(account, kind, id);
}

/** A part by its own id. */
export async function part<Kind extends keyof Parts>(
  account: Account,
  kind: Kind,
  id: string,
): Promise<Seen<Parts[Kind]> | undefined> {
  const found = await account.entities.describe(id);
  return found && (withDefaults(found, empty[kind]) as Seen<Parts[Kind]>);
}

/** To which experience a part belongs, for a part that is imported by its id. */
export async function ownerOf(account: Account, kind: keyof Parts, id: string): Promise<string | undefined> {
  if (kind === "Audience") return (await part(account, kind, id))?.details.ExperienceId;
  const ids = await account.entities.idsOf("Experience");
  const all = await Promise.all(ids.map((one) => experience(account, one)));
  const names = (one: Seen<ExperienceDocument>) =>
    kind === "ProcurementPolicy" ? one.details.ProcurementPolicies : one.details.BrandingSettings;
  return all.find((one) => one !== undefined && names(one).includes(id))?.id;
}

async function audienceOf<Kind extends keyof Parts>(
  account: Account,
  experienceId: string,
): Promise<Seen<Parts[Kind]> | undefined> {
  const ids = await account.entities.idsOf("Audience");
  const all = await Promise.all(ids.map((id) => part(account, "Audience", id)));
  const found = all.find((audience) => audience?.details.ExperienceId === experienceId);
  return found && (found as Seen<Parts[Kind]>);
}

function withDefaults(found: DescribedEntity, defaults: JsonObject): DescribedEntity {
  return { ...found, details: { ...defaults, ...found.details } };
}
