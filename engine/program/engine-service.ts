import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as pb from "@pulumi/pulumi/proto/engine_pb";

import type { Events } from "../events";
import { unary } from "./monitor";

/** What programs and plugins log to. */
export function engineService(events: Events): UntypedServiceImplementation {
  let root = "";
  return {
    log: unary((request: pb.LogRequest) => {
      const { ERROR, WARNING, INFO } = pb.LogSeverity;
      const level = request.getSeverity();
      const severity = level === ERROR ? "error" : level === WARNING ? "warning" : level === INFO ? "info" : undefined;
      if (severity) events.say(severity, request.getMessage(), request.getUrn(), request.getEphemeral());
      return Promise.resolve(new Empty());
    }),
    getRootResource: unary(() => {
      const reply = new pb.GetRootResourceResponse();
      reply.setUrn(root);
      return Promise.resolve(reply);
    }),
    setRootResource: unary((request: pb.SetRootResourceRequest) => {
      root = request.getUrn();
      return Promise.resolve(new pb.SetRootResourceResponse());
    }),
    startDebugging: unary(() => Promise.resolve(new Empty())),
    requirePulumiVersion: unary(() => Promise.resolve(new pb.RequirePulumiVersionResponse())),
  };
}
