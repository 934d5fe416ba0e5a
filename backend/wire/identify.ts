import type { ApiIdentity } from "./api";
import { splitForm, parameter, type WireRequest } from "./message";
import { rpcOperation } from "./protocols";

type Head = Pick<WireRequest, "headers" | "query" | "rawPath">;

/**
 * Which service a request is for. One address serves them all, so the credential scope tells, and where several share a
 * signing name, the RPC path, X-Amz-Target or how the path begins.
 */
export function identify<A extends ApiIdentity>(
  apis: readonly A[],
  request: Head,
  signingName: string | undefined,
): A | undefined {
  const candidates = signingName === undefined ? apis : apis.filter((api) => api.signingName === signingName);
  const target = rpcOperation(request.rawPath)?.service ?? request.headers["x-amz-target"]?.split(".", 1)[0];
  if (target !== undefined) return candidates.find((api) => api.target === target);
  if (signingName !== undefined) return byPath(candidates, request.rawPath);
  return guess(apis, request);
}

function byPath<A extends ApiIdentity>(candidates: readonly A[], path: string): A | undefined {
  const rest = candidates.filter((api) => api.target === undefined);
  return (
    rest.find((api) => api.paths?.some((start) => path.startsWith(start))) ??
    rest.find((api) => api.paths === undefined)
  );
}

/** Without a signature nothing is granted; what is left is to refuse in the language that the client understands. */
function guess<A extends ApiIdentity>(apis: readonly A[], request: Head): A | undefined {
  const version = parameter(request, "Version");
  if (version !== undefined) return apis.find((api) => isQuery(api) && api.version === version);
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded"))
    return apis.find((api) => api.name === "sts");
  if (request.headers["content-type"]?.startsWith("application/json"))
    return apis.find((api) => api.protocols.includes("restJson"));
  return apis.find((api) => api.protocols.includes("restXml"));
}

/** The service of an unsigned form, once its body is known. */
export function identifyForm<A extends ApiIdentity>(apis: readonly A[], body: Uint8Array): A | undefined {
  try {
    const form = splitForm(Buffer.from(body).toString("latin1"));
    const version = parameter({ query: form }, "Version");
    return apis.find((api) => isQuery(api) && api.version === version);
  } catch {
    return undefined;
  }
}

function isQuery(api: ApiIdentity): boolean {
  return api.protocols.includes("query") || api.protocols.includes("ec2Query");
}
