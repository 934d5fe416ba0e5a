import type { Connection } from "./connection";
import { messageOf, nameOf, troubleOf } from "./trouble";

/** Turns an AWS client's error into what a person can act on; errors that speak for themselves stay as they are. */
export function explain(error: unknown, connection: Connection): unknown {
  if (!(error instanceof Error) || !comesFromAws(error)) return error;
  const who = connection.profile === undefined ? "the default credentials" : `profile ${connection.profile}`;
  const where = connection.endpoint ?? process.env.AWS_ENDPOINT_URL ?? "AWS";
  const words = messageOf(error);
  switch (troubleOf(error)) {
    case "unknown-key":
      return new Error(`connection: ${where} does not accept ${who}: ${words} [${nameOf(error)}]`, { cause: error });
    case "expired":
      return new Error(`connection: no valid credentials from ${who}: ${words}`, { cause: error });
    case "unreachable":
      return new Error(
        `connection.endpoint: ${where} does not answer (${words}). Is it running, and the address right?`,
        {
          cause: error,
        },
      );
    case "denied":
      return new Error(`connection: ${who} may not do this at ${where}: ${words} [${nameOf(error)}]`, { cause: error });
    case "throttled":
      return new Error(`${where} asked for fewer requests for too long: ${words} [${nameOf(error)}]`, { cause: error });
    case "refused":
      return new Error(`${words} [${nameOf(error)}]`, { cause: error });
  }
}

/** AWS's errors carry metadata; those from below (network, credentials) a code or a telling name. */
function comesFromAws(error: Error): boolean {
  return "$metadata" in error || "code" in error || troubleOf(error) !== "refused";
}
