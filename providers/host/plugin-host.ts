import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import type { Host } from "./host";
import { stopping } from "./stopping";
import { systemTime } from "./system-time";

/**
 * The process that Pulumi's engine started for dynamic providers. Messages go over the engine's own Log call, since the
 * host offers a provider no log of its own; the engine shows them under the stack, in the CLI and the embedded engine alike.
 */
export function pluginHost(): Host {
  let engine: Promise<EngineClient | undefined> | undefined;
  let sent: Promise<unknown> = Promise.resolve();
  return {
    say: (message, kind = "info") => {
      engine ??= connect();
      const client = engine;
      sent = sent.then(async () => log(await client, message, kind));
    },
    stack: async () => {
      engine ??= connect();
      return rootResource(await engine);
    },
    get stopping() {
      return stopping();
    },
    time: systemTime,
  };
}

/** The engine's address is the one argument of the form host:port; absent outside of a plugin process. */
async function connect(): Promise<EngineClient | undefined> {
  const address = process.argv.slice(2).find((argument) => /^[\w.[\]:-]+:\d+$/.test(argument));
  if (address === undefined) return undefined;
  const { credentials } = await import("@grpc/grpc-js");
  const { EngineClient: Client } = await import("@pulumi/pulumi/proto/engine_grpc_pb.js");
  return new Client(address, credentials.createInsecure());
}

/** A message that cannot be delivered goes to standard error, which every engine forwards somehow. */
async function log(
  client: EngineClient | undefined,
  message: string,
  kind: "info" | "passing" | "warning",
): Promise<void> {
  if (client === undefined) {
    if (kind !== "passing") process.stderr.write(`${message}\n`);
    return;
  }
  const { LogRequest, LogSeverity } = await messages();
  const request = new LogRequest();
  request.setSeverity(kind === "warning" ? LogSeverity.WARNING : LogSeverity.INFO);
  request.setMessage(message);
  request.setEphemeral(kind === "passing");
  await new Promise<void>((resolve) => {
    client.log(request, (error) => {
      if (error !== null && kind !== "passing") process.stderr.write(`${message}\n`);
      resolve();
    });
  });
}

type Messages = typeof engineMessages;

/** Generated messages are exported in a way that import() sees only as a whole, under `default`. */
async function messages(): Promise<Messages> {
  const module: Messages & { readonly default?: Messages } = await import("@pulumi/pulumi/proto/engine_pb.js");
  return module.default ?? module;
}

async function rootResource(client: EngineClient | undefined): Promise<string> {
  if (client === undefined) return "";
  const { GetRootResourceRequest } = await messages();
  return new Promise((resolve) => {
    client.getRootResource(new GetRootResourceRequest(), (error, response) => {
      resolve(error === null ? response.getUrn() : "");
    });
  });
}
