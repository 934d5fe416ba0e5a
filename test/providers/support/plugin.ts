import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { credentials, Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import {
  GetRootResourceResponse,
  type GetRootResourceRequest,
  type LogRequest,
} from "@pulumi/pulumi/proto/engine_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { onTestFinished } from "vitest";

/** Pulumi's own host of dynamic providers as a child process, started as engines start it, and what it logs. */
export interface Plugin {
  readonly client: ResourceProviderClient;
  readonly logged: { readonly message: string; readonly passing: boolean }[];
  /** Ends it without warning, as a crash does. */
  kill(): void;
}

export async function startPlugin(env: Readonly<Record<string, string>>): Promise<Plugin> {
  const logged: { message: string; passing: boolean }[] = [];
  const engine = new Server();
  engine.addService(EngineService, {
    log: (call: ServerUnaryCall<LogRequest, Empty>, reply: sendUnaryData<Empty>) => {
      logged.push({ message: call.request.getMessage(), passing: call.request.getEphemeral() });
      reply(null, new Empty());
    },
    getRootResource: (
      _call: ServerUnaryCall<GetRootResourceRequest, GetRootResourceResponse>,
      reply: sendUnaryData<GetRootResourceResponse>,
    ) => {
      const response = new GetRootResourceResponse();
      response.setUrn("urn:pulumi:dev::paid-ami::pulumi:pulumi:Stack::paid-ami-dev");
      reply(null, response);
    },
  });
  const enginePort = await new Promise<number>((done, fail) => {
    engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? fail(error) : done(port),
    );
  });
  const host = resolve("node_modules/@pulumi/pulumi/cmd/dynamic-provider");
  const child = spawn(process.execPath, [host, `127.0.0.1:${enginePort}`], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [firstLine] = await once(child.stdout, "data");
  const client = new ResourceProviderClient(`127.0.0.1:${Number(String(firstLine))}`, credentials.createInsecure());
  onTestFinished(async () => {
    client.close();
    engine.forceShutdown();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
  return { client, logged, kill: () => void child.kill("SIGKILL") };
}
