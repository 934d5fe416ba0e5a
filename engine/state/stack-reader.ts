import { EngineError } from "../error";
import type { StackLocation } from "../options";
import type { Session } from "../session";
import { Snapshot } from "./snapshot";
import { statePaths, readCheckpoint } from "./state-file";
import { SecretsHolder } from "./secrets";
import { ROOT_STACK_TYPE } from "./urn";
import type { PropertyMap } from "../values/values";

/**
 * The outputs of a stack that a StackReference names: `stack`, `organization/stack` of the same project, or
 * `organization/project/stack`, all in the same state folder.
 * @throws EngineError when there is no such stack
 */
export function readStack(session: Session, { stateDir }: StackLocation, name: string): PropertyMap {
  const parts = name.split("/");
  const stack = parts.at(-1) ?? "";
  const project = parts.length === 3 ? (parts[1] ?? "") : session.project.name;
  const paths = statePaths(session.project.root, project, stack, stateDir);
  const { checkpoint, digest } = readCheckpoint(paths.checkpoint);
  if (!digest) throw new EngineError(`unknown stack "${name}": there is no ${paths.checkpoint}`);
  const secrets = new SecretsHolder(session.passphrase, checkpoint.deployment.secrets_providers?.state?.salt);
  const root = new Snapshot(checkpoint, secrets, undefined).base.find(({ type }) => type === ROOT_STACK_TYPE);
  return root?.outputs ?? {};
}
