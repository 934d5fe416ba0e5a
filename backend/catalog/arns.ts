import { invalid } from "./refusals";

/** The one catalog that clients may name. */
export const CATALOG = "AWSMarketplace";

/** Refuses requests for any other catalog. */
export function requireCatalog(catalog: string | undefined): void {
  if (catalog !== CATALOG) throw invalid(`The catalog ${catalog} does not exist. Use ${CATALOG}.`);
}

/** `AmiProduct@1.0` without its version. */
export function bareType(type: string): string {
  const version = type.indexOf("@");
  return version < 0 ? type : type.slice(0, version);
}

/** Of an entity or a change set (`kind` is `ChangeSet`). The catalog lives in us-east-1 only. */
export function catalogArn(account: string, kind: string, id: string): string {
  return `arn:aws:aws-marketplace:us-east-1:${account}:${CATALOG}/${bareType(kind)}/${id}`;
}

/** The parts of an ARN that `catalogArn` wrote; ValidationException when it is none. */
export function parseCatalogArn(arn: string): { readonly account: string; readonly kind: string; readonly id: string } {
  const [, account, kind, id] =
    /^arn:aws:aws-marketplace:us-east-1:(\d{12}):AWSMarketplace\/([A-Za-z]+)\/([\w-]+)$/.exec(arn) ?? [];
  if (account === undefined || kind === undefined || id === undefined) {
    throw invalid(
      `${arn} is not the ARN of an entity or change set: arn:aws:aws-marketplace:us-east-1:<account>:${CATALOG}/<type>/<id>.`,
    );
  }
  return { account, kind, id };
}
