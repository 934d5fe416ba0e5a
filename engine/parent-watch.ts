/**
 * Loaded before a program or a plugin (node --require). Its standard input is a pipe that the engine
 * holds: when the engine dies, whatever the way, the pipe closes, and nobody is left to tell of what
 * this process would still do.
 */
const leave = () => process.kill(process.pid, "SIGKILL");

process.stdin.on("end", leave).on("error", leave).resume();
(process.stdin as { unref?: () => void }).unref?.();
