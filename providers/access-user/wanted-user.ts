import type { Properties } from "../provider";

/** A user as declared, with what was left out. */
export interface WantedUser {
  readonly name: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundary?: string;
  readonly consoleAccess: boolean;
  /** One of the person's choice; absent where it is made here. */
  readonly password?: string;
  readonly passwordResetRequired: boolean;
  readonly accessKey: boolean;
}

/** Of inputs that passed the check. */
export function wantedUser(inputs: Properties): WantedUser {
  const { tags, permissionsBoundary, password } = inputs;
  return {
    name: String(inputs.name),
    path: typeof inputs.path === "string" ? inputs.path : "/",
    tags: typeof tags === "object" && tags !== null ? textsOf(tags) : {},
    ...(typeof permissionsBoundary === "string" && { permissionsBoundary }),
    consoleAccess: inputs.consoleAccess === true,
    ...(typeof password === "string" && { password }),
    passwordResetRequired: inputs.passwordResetRequired === true,
    accessKey: inputs.accessKey === true,
  };
}

function textsOf(tags: object): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]));
}
