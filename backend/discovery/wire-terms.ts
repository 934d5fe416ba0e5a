import type { OfferedTerm } from "../../marketplace/agreements/accepted-term";
import { dimensionsOf, type Dimension } from "../../marketplace/changes/ami-product/product";
import type { Json } from "../../marketplace/changes/change-type";
import type { StoredEntity } from "../catalog/entities";

/** Members that are moments. Everything else of a term goes out as it is kept. */
const MOMENTS = new Set(["ChargeDate", "AgreementStartDate", "AgreementEndDate"]);

/**
 * A term as Discovery and the Agreement service write it: one member of a union, names in lower camel case, and beside
 * each dimension what the product calls it.
 */
export function wireTerm({ id, term }: OfferedTerm, product: StoredEntity, configuration?: object): object {
  const dimensions = dimensionsOf(product);
  const body = lowerCamel(term as unknown as Json, dimensions) as object;
  const documents = term.Type === "LegalTerm" && { documents: term.Documents.map(legalDocument) };
  return { [lowerFirst(term.Type)]: { ...body, ...documents, id, ...(configuration && { configuration }) } };
}

/** Standard contracts are kept by AWS under addresses of its own: Seller Guide, "Standardized contracts". */
function legalDocument({ Type, Url, Version }: { Type: string; Url?: string; Version?: string }): object {
  const standard = `https://aws-mp-standard-contracts.s3.amazonaws.com/Standard-Contract-for-AWS-Marketplace-${Version ?? "2022-07-14"}.pdf`;
  return { type: Type, url: Url ?? standard, version: Version };
}

function lowerCamel(value: Json, dimensions: readonly Dimension[]): unknown {
  if (Array.isArray(value)) return value.map((each) => lowerCamel(each as Json, dimensions));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value as { readonly [key: string]: Json }).map(([name, member]) => {
    const moment = MOMENTS.has(name) && typeof member === "string";
    return [lowerFirst(name), moment ? new Date(member) : lowerCamel(member, dimensions)] as const;
  });
  const named: { readonly dimensionKey?: unknown } = Object.fromEntries(members);
  return typeof named.dimensionKey === "string" ? { ...named, ...described(named.dimensionKey, dimensions) } : named;
}

function described(key: string, dimensions: readonly Dimension[]): object {
  const { Name = key, Description, Unit = "Units" } = dimensions.find((dimension) => dimension.Key === key) ?? {};
  return { displayName: Name, unit: Unit, ...(Description !== undefined && { description: Description }) };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
