import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";

import { CHANNEL } from "../plugins/grpc";

export interface EngineServer {
  readonly address: string;
  close(): void;
}

/** Listens on the loopback for the program and its plugins. */
export async function serve(
  monitor: UntypedServiceImplementation,
  engine: UntypedServiceImplementation,
): Promise<EngineServer> {
  const server = new Server(CHANNEL);
  server.addService(ResourceMonitorService, monitor);
  server.addService(EngineService, engine);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
