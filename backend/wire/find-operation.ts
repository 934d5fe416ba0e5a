import { AwsError } from "../service";
import type { Api, Operation, Protocol } from "./api";
import { formOf } from "./form";
import { parameter, type WireRequest } from "./message";
import { rpcOperation } from "./protocols";
import { routeOf } from "./routes";

/**
 * The operation that a request asks for.
 *
 * @throws AwsError in the service's own words when it has no such operation or `served` does not hold it.
 */
export function findOperation(
  api: Api,
  protocol: Protocol,
  request: WireRequest,
  served: Readonly<Record<string, unknown>>,
): Operation {
  const { operation, name } = lookUp(api, protocol, request);
  if (operation && Object.hasOwn(served, operation.name)) return operation;
  throw unknownOperation(api, protocol, name, operation);
}

function lookUp(
  api: Api,
  protocol: Protocol,
  request: WireRequest,
): { readonly operation: Operation | undefined; readonly name: string } {
  switch (protocol.name) {
    case "restJson":
    case "restXml":
      return { operation: routeOf(api, request), name: `${request.method} ${request.routePath}` };
    case "query":
    case "ec2Query": {
      const form = { query: formOf(request) };
      const name = parameter(form, "Action");
      if (name === undefined) throw new AwsError("MissingAction", "The request must contain the parameter Action");
      const version = parameter(form, "Version");
      return {
        operation: version === api.version ? api.operations.get(name) : undefined,
        name: `${name} for version ${version}`,
      };
    }
    case "rpcV2Cbor": {
      const name = rpcOperation(request.routePath)?.operation ?? "";
      return { operation: api.operations.get(name), name };
    }
    default: {
      const name = request.headers["x-amz-target"]?.split(".")[1] ?? "";
      return { operation: api.operations.get(name), name };
    }
  }
}

function unknownOperation(api: Api, protocol: Protocol, name: string, modelled: Operation | undefined): AwsError {
  const shown = name.slice(0, 128);
  switch (protocol.name) {
    case "query":
      return new AwsError("InvalidAction", `Could not find operation ${shown}`);
    case "ec2Query":
      return new AwsError("InvalidAction", `The action ${shown} is not valid for this web service.`);
    case "restXml":
      return modelled
        ? new AwsError("NotImplemented", `${modelled.name} is not implemented.`, { status: 501 })
        : new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", {
            status: 405,
          });
    default:
      return new AwsError("UnknownOperationException", `${api.name} has no operation ${shown}.`, {
        status: protocol.name.startsWith("awsJson") ? 400 : 404,
      });
  }
}
