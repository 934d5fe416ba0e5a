import { HttpRequest } from "@smithy/core/protocols";
import { enduring, persist } from "../persistence";
import type { Place } from "../reconciler";

/** Asks AWS Marketplace Discovery: an operation by its name in the path, its input and its answer as JSON. */
export type DiscoveryCalls = (operation: string, input: object) => Promise<Answer>;

export type Answer = { readonly [member: string]: unknown };

const version = "2026-02-05";

/**
 * The Discovery API has no client of its own in the AWS SDK. It signs, and is reached, like the catalog, whose client
 * lends its credentials and connections: AWS Marketplace Discovery API reference.
 */
export function discoveryOf({ account: { clients }, host }: Place): DiscoveryCalls {
  const url = new URL(clients.discoveryUrl);
  const once = async (operation: string, input: object): Promise<Answer> => {
    const { config } = await clients.catalog();
    const { protocol, hostname, port } = url;
    const request = new HttpRequest({
      method: "POST",
      protocol,
      hostname,
      ...(port !== "" && { port: Number(port) }),
      path: `/${version}/${operation}`,
      headers: { host: url.host, "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const signed = await (await config.signer()).sign(request);
    const { response } = await config.requestHandler.handle(signed as HttpRequest);
    const bytes = await config.streamCollector(response.body);
    const answer = JSON.parse(Buffer.from(bytes).toString() || "{}") as Answer;
    if (response.statusCode < 300) return answer;
    throw refusal(response.statusCode, response.headers["x-amzn-errortype"], answer);
  };
  return (operation, input) =>
    persist(
      host,
      enduring,
      () => once(operation, input),
      (trouble) => {
        if (trouble === "expired" || trouble === "unknown-key") clients.renew();
      },
    );
}

/** In the form of the SDK's own errors, which is what tells retrying and explaining what it is about. */
function refusal(httpStatusCode: number, type: string | undefined, { message }: Answer): Error {
  const error = new Error(typeof message === "string" ? message : `AWS answered with HTTP status ${httpStatusCode}.`);
  return Object.assign(error, { name: type?.split(":")[0] ?? "UnknownError", $metadata: { httpStatusCode } });
}
