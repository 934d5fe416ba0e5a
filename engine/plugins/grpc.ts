import { credentials, status as Status, type ServiceError } from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { PropertyMap } from "../values/values";

/**
 * Big states need big messages, and a burst of computing must not make a server drop calls it has
 * not begun yet (grpc-js does that after 30 seconds unless told otherwise).
 */
export const CHANNEL = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
  "grpc.server_max_unrequested_time_in_server": 1800,
};

/** Everything here stays on this machine. */
export const insecure = () => credentials.createInsecure();

/** A call of a generated client as a promise. */
export function call<Reply>(
  start: (done: (error: ServiceError | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    start((error, reply) => (error ? reject(error) : resolve(reply)));
  });
}

export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(map as Parameters<typeof Struct.fromJavaScript>[0]);
}

export function fromStruct(struct: Struct | undefined): PropertyMap | undefined {
  return struct?.toJavaScript() as PropertyMap | undefined;
}

/** The other side went away in the middle of a call: what it had done by then, nobody knows. */
export function isConnectionLost(error: unknown): boolean {
  return (error as Partial<ServiceError> | undefined)?.code === Status.UNAVAILABLE;
}

/** What went wrong, as the other side put it, without the status code in front. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return (error as Partial<ServiceError>).details || error.message;
  return String(error);
}
