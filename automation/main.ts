#!/usr/bin/env node
// Nothing is imported above this check: an older Node would trip over modern syntax before it could say so.
const oldest = 22;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `marketplace needs Node ${oldest} or newer; this is ${process.version}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  void import("./cli.js").then(({ main }) => main(process.argv));
}
