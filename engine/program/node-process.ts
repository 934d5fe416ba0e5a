import { extname, join } from "node:path";

const PARENT_WATCH = join(__dirname, `parent-watch${extname(__filename)}`);

/** Arguments with which Node runs a script that ends when this process is gone. */
export function nodeArguments(script: string, ...args: readonly string[]): string[] {
  return [PARENT_WATCH, script, ...args];
}

type Environment = Record<string, string | undefined>;

/**
 * Node children keep compiled code and start in half the time: in this folder, unless the user says where (or, with
 * NODE_DISABLE_COMPILE_CACHE, that they should not).
 */
export function withCompileCache(env: Environment, folder: string): Environment {
  return { ...env, NODE_COMPILE_CACHE: env["NODE_COMPILE_CACHE"] || folder };
}

/**
 * Each kind of child has a cache of its own: Pulumi's SDK changes V8's flags on its way, at another moment in
 * each, and V8 takes no code that was compiled under other flags.
 */
export function nodeEnvironment(env: Environment, script: string): Environment {
  const folder = env["NODE_COMPILE_CACHE"];
  return folder ? { ...env, NODE_COMPILE_CACHE: join(folder, script) } : env;
}
