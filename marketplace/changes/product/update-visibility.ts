import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { matching, object, oneOf } from "../document-shapes";
import { documentOf, type ProductType, visibilityOf, withFacets, type Visibility } from "./product";

type Target = "Public" | "Restricted" | "Limited";
type Details = { readonly TargetVisibility: Target; readonly ReplacementProductId?: string };

const leadsTo: Readonly<Record<Visibility, readonly Target[]>> = {
  Draft: [],
  Limited: ["Public", "Restricted"],
  Public: ["Limited", "Restricted"],
  Restricted: ["Public", "Limited"],
};

/** Opens a product to everyone, to its allowlist only, or closes it to new subscribers, after a review by AWS. */
export const updateVisibility = (entityType: ProductType): ChangeType<Details> => ({
  changeType: "UpdateVisibility",
  entityType,
  schema: object(
    {
      TargetVisibility: oneOf("Public", "Restricted", "Limited"),
      ReplacementProductId: matching(
        "^(prod-[a-zA-Z0-9]{13})|(prod-[a-zA-Z0-9]{25})|([0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$",
      ),
    },
    ["TargetVisibility"],
  ),
  check: (world, entity, details) => [
    ...checkTransition(visibilityOf(entity), details.TargetVisibility),
    ...checkReplacement(world, entity, details),
  ],
  apply: (_world, entity, { TargetVisibility, ReplacementProductId }) => {
    const { ReplacementProductId: _before, ...description } = documentOf(entity).Description;
    const replacement = ReplacementProductId === undefined ? {} : { ReplacementProductId };
    return withFacets(entity, { Description: { ...description, Visibility: TargetVisibility, ...replacement } });
  },
});

function checkTransition(from: Visibility, to: Target): Problem[] {
  if (leadsTo[from].includes(to)) return [];
  if (from === "Draft") {
    const message = "A draft has no visibility to change; release the product first (ReleaseProduct).";
    return unless(false, "INVALID_PRODUCT_STATE", "", message);
  }
  const ways = leadsTo[from].join(" or ");
  const message = `The product is ${from}, which can become ${ways}, not ${to}.`;
  return unless(false, "INVALID_TARGET_VISIBILITY", "TargetVisibility", message);
}

function checkReplacement(
  world: World,
  entity: Entity,
  { TargetVisibility, ReplacementProductId: id }: Details,
): Problem[] {
  if (id === undefined) return [];
  if (TargetVisibility !== "Restricted")
    return refuse("A replacement is only named when a product becomes Restricted.");
  const other = world.entity(id);
  if (!other || other.id === entity.id) return refuse(`You have no other product with the id ${quoted([id])}.`);
  const visibility = other.type === entity.type ? visibilityOf(other) : "Draft";
  return visibility === "Limited" || visibility === "Public"
    ? []
    : refuse(`${id} is ${visibility}; a replacement must be Limited or Public.`);
}

function refuse(message: string): Problem[] {
  return unless(false, "INVALID_REPLACEMENT_PRODUCT_ID", "ReplacementProductId", message);
}
