import { joinPath, type Problem, quoted, repeated, unless } from "../problem";
import { accessLevels, isAccessLevel } from "./levels";
import { checkName, checkPath } from "./names";
import { isPortalPage, portalPages } from "./portal-pages";

/** Anything that a program may have declared, before it is known to be well formed. */
export type Declared = Readonly<Record<string, unknown>>;

/** Why a user cannot be declared so. */
export function checkUser(user: Declared): Problem[] {
  const { name, path, tags, consoleAccess, password, passwordResetRequired, accessKey, permissionsBoundary } = user;
  return [
    ...checkName("user", name, "name"),
    ...checkPath(path, "path"),
    ...checkTags(tags),
    ...checkFlag("consoleAccess", consoleAccess),
    ...checkFlag("passwordResetRequired", passwordResetRequired),
    ...checkFlag("accessKey", accessKey),
    ...checkPassword(password, consoleAccess),
    ...unless(
      permissionsBoundary === undefined ||
        (typeof permissionsBoundary === "string" && isPolicyArn(permissionsBoundary)),
      "INVALID_POLICY",
      "permissionsBoundary",
      "A permissions boundary is the ARN of a managed policy, as arn:aws:iam::111122223333:policy/Developers.",
    ),
  ];
}

/** Why an access group cannot be declared so. */
export function checkAccessGroup(group: Declared): Problem[] {
  const { name, level, leastPrivilege, productIds } = group;
  return [
    ...checkName("group", name, "name"),
    ...unless(
      isAccessLevel(level),
      "UNKNOWN_LEVEL",
      "level",
      `${level === undefined ? "A group needs a level" : `There is no level ${JSON.stringify(level)}`}: ` +
        `choose one of ${quoted(accessLevels)}.`,
    ),
    ...checkFlag("leastPrivilege", leastPrivilege),
    ...checkProducts(productIds, leastPrivilege === true, level),
  ];
}

/** Why access to the seller portal cannot be declared so. */
export function checkPortalAccess(access: Declared): Problem[] {
  return [...checkName("group", access.name, "name"), ...checkPages(access.pages, "pages")];
}

/** "all", or a list of pages that has one at least and none twice. */
export function checkPages(pages: unknown, path: string): Problem[] {
  if (pages === "all") return [];
  const choice = `${quoted(portalPages, portalPages.length)}, or "all" in place of the list`;
  if (!Array.isArray(pages) || pages.length === 0) {
    return [{ code: "MISSING_PAGES", path, message: `Say which pages: a list of ${choice}.` }];
  }
  const names: readonly unknown[] = pages;
  return [
    ...names.flatMap((page, i) =>
      unless(
        isPortalPage(page),
        "UNKNOWN_PAGE",
        joinPath(path, `[${i}]`),
        `The seller portal has no page ${JSON.stringify(page)} to give out; it has ${choice}.`,
      ),
    ),
    ...repeated(names).map((page) => ({
      code: "REPEATED_PAGE",
      path,
      message: `The page ${JSON.stringify(page)} is there twice.`,
    })),
  ];
}

/** Why a membership cannot be declared so. */
export function checkMembership({ user, group }: Declared): Problem[] {
  return [...checkName("user", user, "user"), ...checkName("group", group, "group")];
}

function checkProducts(productIds: unknown, leastPrivilege: boolean, level: unknown): Problem[] {
  const path = "productIds";
  const products: readonly unknown[] | undefined = Array.isArray(productIds) ? productIds : undefined;
  if (!leastPrivilege) {
    const message =
      "Products limit a group with leastPrivilege: true only; AWS's managed policies hold for all products.";
    return unless(productIds === undefined, "UNUSED_PRODUCTS", path, message);
  }
  if (productIds === undefined && level === "view") return [];
  if (products === undefined || products.length === 0) {
    return [{ code: "MISSING_PRODUCTS", path, message: "Say which products the group may subscribe to: their ids." }];
  }
  return products.flatMap((product, i) =>
    unless(
      typeof product === "string" && /^[\w-]{1,64}$/.test(product),
      "INVALID_PRODUCT",
      `${path}[${i}]`,
      `A product is named by its id, as prod-1a2b3c4d5e6f7, not ${JSON.stringify(product)}.`,
    ),
  );
}

/** At most 128 characters: IAM API reference, CreateLoginProfile. The value is never shown. */
function checkPassword(password: unknown, consoleAccess: unknown): Problem[] {
  if (password === undefined) return [];
  return [
    ...unless(
      typeof password === "string" && password.length > 0 && password.length <= 128,
      "INVALID_PASSWORD",
      "password",
      "A password has 1 to 128 characters.",
    ),
    ...unless(
      consoleAccess === true,
      "UNUSED_PASSWORD",
      "password",
      "A password is for the console: declare consoleAccess: true as well.",
    ),
  ];
}

/** At most 50 tags, keys of 1 to 128 and values of up to 256 characters: IAM User Guide, "Tags for IAM resources". */
function checkTags(tags: unknown): Problem[] {
  if (tags === undefined) return [];
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
    return [{ code: "INVALID_TAGS", path: "tags", message: "Tags are texts by name." }];
  }
  const entries = Object.entries(tags);
  return [
    // One of the fifty marks the user as made by this package.
    ...unless(entries.length < 50, "TOO_MANY_TAGS", "tags", `A user has at most 49 tags here, not ${entries.length}.`),
    ...entries.flatMap(([name, value]) =>
      unless(
        name !== "" &&
          name.length <= 128 &&
          !name.toLowerCase().startsWith("aws:") &&
          typeof value === "string" &&
          value.length <= 256,
        "INVALID_TAGS",
        `tags[${JSON.stringify(name)}]`,
        "A tag has a name of 1 to 128 characters that does not begin with aws: and a text of at most 256.",
      ),
    ),
  ];
}

function checkFlag(name: string, value: unknown): Problem[] {
  return unless(
    value === undefined || typeof value === "boolean",
    "INVALID_FLAG",
    name,
    `${name} is true or false, not ${JSON.stringify(value)}.`,
  );
}

function isPolicyArn(text: string): boolean {
  return /^arn:[\w-]+:iam::(?:aws|\d{12}):policy\/[!-~]+$/.test(text);
}
