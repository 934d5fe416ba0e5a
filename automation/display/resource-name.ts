/** `urn:pulumi:dev::shop::a$b:c:D::agent` taken apart, as far as a row shows it. */
export interface ResourceName {
  /** `marketplace:AmiProduct`, `aws:s3:Bucket`, `pulumi:pulumi:Stack`. */
  readonly type: string;
  readonly name: string;
}

export function resourceName(urn: string): ResourceName {
  const parts = urn.split("::");
  const qualifiedType = parts[2] ?? "";
  return { type: shownType(qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1)), name: parts.slice(3).join("::") };
}

/**
 * A dynamic resource shows as what it is, without the host it runs in; other types as the Pulumi command line shows them:
 * `aws:s3/bucket:Bucket` is `aws:s3:Bucket`.
 */
function shownType(token: string): string {
  const dynamic = "pulumi-nodejs:dynamic/";
  if (token.startsWith(dynamic)) return token.slice(dynamic.length);
  const [pkg, module, name] = token.split(":");
  if (pkg === undefined || module === undefined || name === undefined) return token;
  const [outer, inner] = module.split("/");
  return inner !== undefined && inner.toLowerCase() === name.toLowerCase() ? `${pkg}:${outer}:${name}` : token;
}

export function isStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}

/** Providers made by the engine itself, which nobody declared. */
export function isDefaultProvider(urn: string): boolean {
  return /::pulumi:providers:[^:]+::default(_|$)/u.test(urn);
}
