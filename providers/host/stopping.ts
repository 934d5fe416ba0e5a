import { subscribe } from "node:diagnostics_channel";

/** For calls under way to answer, in milliseconds, before a process that was told to end does. */
const lastWords = 100;

let controller: AbortController | undefined;

/**
 * Aborted when the person presses Ctrl-C. Engines tell a provider so in two ways: by a signal to its process, or by
 * Pulumi's Cancel call, which the dynamic provider host answers itself without telling the provider; Node (22.17 and
 * newer) reports that call's arrival on a diagnostics channel. On an older Node only signals are noticed.
 */
export function stopping(): AbortSignal {
  if (controller === undefined) {
    controller = new AbortController();
    const stop = controller.abort.bind(controller);
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => {
      stop();
      setTimeout(() => process.exit(143), lastWords);
    });
    subscribe("http2.server.stream.start", (message) => {
      if (pathOf(message) === "/pulumirpc.ResourceProvider/Cancel") stop();
    });
  }
  return controller.signal;
}

function pathOf(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("headers" in message)) return undefined;
  const { headers } = message;
  return typeof headers === "object" && headers !== null && ":path" in headers ? headers[":path"] : undefined;
}
