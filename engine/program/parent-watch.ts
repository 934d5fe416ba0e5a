/**
 * Runs a script (node parent-watch.js SCRIPT ARGUMENT…) for as long as the engine lives. Standard input is a pipe that
 * the engine holds: when the engine dies, whatever the way, the pipe closes, and nobody is left to tell of what this
 * process would still do.
 *
 * Not loaded with --require: a flag there makes Pulumi's SDK believe that the user has a module loader of their own.
 */
const leave = () => process.kill(process.pid, "SIGKILL");

process.stdin.on("end", leave).on("error", leave).resume();
(process.stdin as { unref?: () => void }).unref?.();

const nodeModule = process.getBuiltinModule("node:module");

// Node saves what it compiled when a process exits, but not when a signal ends it, as the engine ends plugins.
process.once("SIGTERM", () => {
  nodeModule.flushCompileCache?.();
  if (process.listenerCount("SIGTERM") === 0) process.kill(process.pid, "SIGTERM");
});

const [script = ""] = process.argv.splice(2, 1);
process.argv[1] = script;
nodeModule.createRequire(__filename)(script);
