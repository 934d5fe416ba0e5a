import type { RunningMarketplace } from "../../../backend";
import { connection } from "../catalog/catalog-market";
import { type RawRequest, signedFetch } from "../wire/signed-fetch";

export interface Reply {
  readonly status: number;
  /** Of a refusal. */
  readonly error?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls AWS Marketplace Deployment and Reporting and AWS Secrets Manager, which have no client among our dependencies. */
export function deployerOf(market: RunningMarketplace, account: string) {
  return deployerWith(connection(market, account));
}

/** The same for whoever has these client settings. */
export function deployerWith({ endpoint, credentials }: ReturnType<typeof connection>) {
  const { accessKeyId, secretAccessKey } = credentials;
  const fetch = async (raw: RawRequest): Promise<Reply> => {
    const { status, headers, text } = await signedFetch(endpoint, {
      ...raw,
      signer: { accessKeyId, secretAccessKey },
    });
    const body = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
    const error = headers["x-amzn-errortype"] ?? body["__type"];
    return { status, body, ...(typeof error === "string" && { error: error.replace(/^.*#/, "") }) };
  };
  const json = { "content-type": "application/json" };
  const rest = (method: string, path: string, body?: object) =>
    fetch({ service: "aws-marketplace", method, path, ...(body && { headers: json, body: JSON.stringify(body) }) });
  return {
    put: (productId: string, body: object) =>
      rest("POST", `/catalogs/AWSMarketplace/products/${productId}/deployment-parameters`, body),
    tags: (arn: unknown) => rest("GET", `/tags/${encodeURIComponent(String(arn))}`),
    tag: (arn: unknown, tags: object) => rest("POST", `/tags/${encodeURIComponent(String(arn))}`, { tags }),
    untag: (arn: unknown, ...keys: string[]) =>
      rest("DELETE", `/tags/${encodeURIComponent(String(arn))}?${keys.map((key) => `tagKeys=${key}`).join("&")}`),
    dashboard: (dashboardIdentifier: string) =>
      rest("POST", "/getBuyerDashboard", { dashboardIdentifier, embeddingDomains: ["https://example.com"] }),
    secrets: (operation: string, input: object) =>
      fetch({
        service: "secretsmanager",
        headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `secretsmanager.${operation}` },
        body: JSON.stringify(input),
      }),
  };
}
