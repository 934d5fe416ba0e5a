/** Resource names: `urn:pulumi:<stack>::<project>::<parent type$…type>::<name>`. */

export const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent ? qualifiedType(parent) : "";
  const prefix = parentType && parentType !== ROOT_STACK_TYPE ? `${parentType}$` : "";
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

export function typeOf(urn: string): string {
  const type = qualifiedType(urn);
  return type.slice(type.lastIndexOf("$") + 1);
}

/** A name may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

export function packageOf(type: string): string {
  return type.split(":")[0] ?? "";
}

export function isProviderType(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}

export function isDefaultProvider(urn: string): boolean {
  return isProviderType(typeOf(urn)) && /^default(_|$)/.test(nameOf(urn));
}

/** A reference to one provider instance: its URN and id, joined by `::`. */
export function providerRef(urn: string, id: string): string {
  return `${urn}::${id}`;
}

export function parseProviderRef(ref: string): { urn: string; id: string } {
  const at = ref.lastIndexOf("::");
  return { urn: ref.slice(0, at), id: ref.slice(at + 2) };
}
