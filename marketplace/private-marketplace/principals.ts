export type PrincipalKind = "account" | "organizational-unit" | "organization";

/** Organizations API reference: the forms of ids of accounts, organizational units and organizations. */
const forms: readonly (readonly [PrincipalKind, RegExp])[] = [
  ["account", /^\d{12}$/],
  ["organizational-unit", /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/],
  ["organization", /^o-[a-z0-9]{10,32}$/],
];

/** What an id of an audience stands for; undefined when it has none of the forms. */
export function kindOfPrincipal(id: string): PrincipalKind | undefined {
  return forms.find(([, form]) => form.test(id))?.[0];
}
