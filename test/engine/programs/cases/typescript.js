// A program in TypeScript, run without a build: its own folder, since its entry point differs.
exports.folder = "typescript";

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];
