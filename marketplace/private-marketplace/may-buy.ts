/** Where an account stands in its organization; the units from the innermost to the outermost. */
export interface Buyer {
  readonly account: string;
  readonly organizationalUnits: readonly string[];
  readonly organization?: string;
}

/** An experience with what decides who may buy what. */
export interface GoverningExperience {
  readonly id: string;
  readonly enabled: boolean;
  readonly archived: boolean;
  /** Accounts, organizational units and organizations. */
  readonly principals: readonly string[];
  /** Undefined while there is no procurement policy. */
  readonly policy?: {
    readonly allow: readonly string[];
    readonly deny: readonly string[];
    /** Users may ask for products that it lacks. */
    readonly requests?: boolean;
  };
}

export interface Decision {
  readonly allowed: boolean;
  /** The experience that decided; absent for an account that none governs. */
  readonly experienceId?: string;
  /** A sentence for the buyer. */
  readonly reason: string;
}

/**
 * The experience that governs an account: the one that names the account itself, else its innermost organizational unit
 * that is named, else its organization (Buyer Guide, Private marketplaces). Disabled and archived ones govern nobody.
 */
export function governing<Experience extends GoverningExperience>(
  experiences: readonly Experience[],
  buyer: Buyer,
): Experience | undefined {
  const active = experiences.filter(({ enabled, archived }) => enabled && !archived);
  const closestFirst = [
    buyer.account,
    ...buyer.organizationalUnits,
    ...(buyer.organization ? [buyer.organization] : []),
  ];
  for (const principal of closestFirst) {
    const found = active.find(({ principals }) => principals.includes(principal));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an account may buy a product. Without a policy everything is allowed; an empty one allows nothing; Deny wins. */
export function mayBuy(experiences: readonly GoverningExperience[], buyer: Buyer, productId: string): Decision {
  const experience = governing(experiences, buyer);
  if (experience === undefined) return { allowed: true, reason: `No private marketplace governs ${buyer.account}.` };
  const { id: experienceId, policy } = experience;
  if (policy === undefined) {
    return { allowed: true, experienceId, reason: `Experience ${experienceId} has no procurement policy.` };
  }
  if (policy.deny.includes(productId)) {
    return { allowed: false, experienceId, reason: `Experience ${experienceId} denies the product ${productId}.` };
  }
  const allowed = policy.allow.includes(productId);
  const reason = `Experience ${experienceId} ${allowed ? "allows" : "does not allow"} the product ${productId}.`;
  return { allowed, experienceId, reason };
}
