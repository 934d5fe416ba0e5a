import type { BuyerFacts } from "../../marketplace/changes/change-type";
import { audienceOf, audienceType } from "../../marketplace/changes/experience/audience";
import { experienceOf, experienceType } from "../../marketplace/changes/experience/experience";
import { policyOf, productsIn } from "../../marketplace/changes/experience/procurement-policy";
import {
  governing,
  mayBuy,
  type Buyer,
  type Decision,
  type GoverningExperience,
} from "../../marketplace/private-marketplace/may-buy";
import { kindOfPrincipal } from "../../marketplace/private-marketplace/principals";
import { accountExists } from "../accounts";
import type { Caller } from "../service";
import type { Store } from "../storage/store";
import { entitiesIn, type StoredEntity } from "./entities";

export type { Decision } from "../../marketplace/private-marketplace/may-buy";

/**
 * Whether the private marketplace that governs an account, if one does, lets it buy a product. There is no AWS
 * Organizations here: an organization that an audience names is that of the experience's owner, whose accounts are its
 * own and those that this marketplace does not have, and there is one; nobody is in an organizational unit.
 */
export function boughtUnder(store: Store, accountId: string, productId: string): Decision {
  const { experiences, buyer } = standing(store, accountId);
  return mayBuy(experiences, buyer, productId);
}

function standing(store: Store, accountId: string): { experiences: GoverningExperience[]; buyer: Buyer } {
  const audiences = [...entitiesIn(store).ofType(accountId, audienceType)];
  const experiences = [...entitiesIn(store).ofType(accountId, experienceType)].map((experience) =>
    governingExperience(store, experience, audiences),
  );
  const buyer = { account: accountId, organizationalUnits: [] };
  const organizations = experiences.flatMap(({ principals }) =>
    principals.filter((principal) => kindOfPrincipal(principal) === "organization"),
  );
  const [organization] = organizations.toSorted();
  return { experiences, buyer: organization === undefined ? buyer : { ...buyer, organization } };
}

/** What the rule book asks about products and accounts that are not the caller's. */
export function buyerFacts(store: Store, { accountId, arn }: Caller): BuyerFacts {
  return {
    isListed: (productId) => {
      const product = entitiesIn(store).get(productId);
      return product !== undefined && /Product@/.test(product.type) && !isDraft(product);
    },
    mayGovern(principal) {
      switch (kindOfPrincipal(principal)) {
        case "account":
          return principal === accountId || !accountExists(store, principal);
        case "organization":
          return [principal, undefined].includes(standing(store, accountId).buyer.organization);
        default:
          return true;
      }
    },
    requester: arn,
    governedBy: () => {
      const { experiences, buyer } = standing(store, accountId);
      return governing(experiences, buyer);
    },
  };
}

function governingExperience(
  store: Store,
  experience: StoredEntity,
  audiences: readonly StoredEntity[],
): GoverningExperience {
  const { Status, AdminStatus, ProcurementPolicies } = experienceOf(experience);
  const [policyId] = ProcurementPolicies;
  const policy = policyId === undefined ? undefined : entitiesIn(store).get(policyId);
  const { Statements = [], Configuration } = policy === undefined ? {} : policyOf(policy);
  return {
    id: experience.id,
    enabled: Status === "Enabled",
    archived: AdminStatus === "Restricted",
    principals: audiences
      .map(audienceOf)
      .flatMap(({ ExperienceId, Principals }) => (ExperienceId === experience.id ? Principals : [])),
    ...(policy && {
      policy: {
        allow: productsIn(Statements, "Allow"),
        deny: productsIn(Statements, "Deny"),
        requests: Configuration?.PolicyResourceRequests === "Allow",
      },
    }),
  };
}

/** Nobody but its seller knows of a draft. */
function isDraft({ details }: StoredEntity): boolean {
  const { Description } = details;
  if (typeof Description !== "object" || Description === null || !("Visibility" in Description)) return true;
  return Description.Visibility === "Draft";
}
