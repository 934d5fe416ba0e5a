import { AuthenticationFailure } from "../auth/sigv4-failure";
import { refusalOf } from "../auth/sigv4-refusals";
import { AwsError } from "../service";
import type { Api, ApiIdentity, Protocol, Refusal } from "./api";
import type { WireReply } from "./message";
import { Malformed } from "./refusal";

/**
 * The answer to a request that failed, in the service's own protocol. What is neither an answer of AWS's nor a fault of
 * the request is a fault of ours: `onBug` hears of it, the client gets InternalFailure.
 */
export function refuse(
  api: Api | ApiIdentity,
  protocol: Protocol,
  failure: unknown,
  requestId: string,
  onBug: (failure: unknown) => void,
): WireReply {
  const error = awsErrorOf(failure, protocol);
  if (error) return protocol.refuse(api, refusalFor(api, protocol, error), requestId);
  onBug(failure);
  const internal = new AwsError("InternalFailure", "The request processing has failed because of an internal error.", {
    status: 500,
  });
  return protocol.refuse(api, refusalFor(api, protocol, internal), requestId);
}

function awsErrorOf(failure: unknown, protocol: Protocol): AwsError | undefined {
  if (failure instanceof AwsError) return failure;
  if (failure instanceof AuthenticationFailure) return refusalOf(failure, protocol.name);
  if (failure instanceof Malformed) return new AwsError(malformedCode(protocol), failure.message, { status: 400 });
  return undefined;
}

function malformedCode(protocol: Protocol): string {
  switch (protocol.name) {
    case "query":
      return "MalformedInput";
    case "ec2Query":
      return "InvalidParameterValue";
    case "restXml":
      return "InvalidArgument";
    default:
      return "SerializationException";
  }
}

function refusalFor(api: Api | ApiIdentity, protocol: Protocol, error: AwsError): Refusal {
  const shape = "errors" in api ? api.errors.get(error.code) : undefined;
  const [queryCode, queryStatus] = (shape?.traits["awsQueryError"] as [string, number] | undefined) ?? [];
  const byQuery = protocol.name === "query" || protocol.name === "ec2Query";
  const modelled = (shape?.traits["httpError"] as number | undefined) ?? queryStatus;
  return {
    code: (byQuery ? queryCode : undefined) ?? shape?.name ?? error.code,
    message: error.message,
    status: error.more.status ?? modelled ?? (shape?.traits["error"] === "server" ? 500 : 400),
    shape,
    members: error.more.members ?? {},
  };
}
