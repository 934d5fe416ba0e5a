const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1, parallel: 8 },
  { operation: "up", phase: 2, parallel: 8 },
  { operation: "destroy", phase: 2, parallel: 8 },
];

// `slow` is being made when `bad` fails: it must be finished and kept.
exports.program = (phase) => {
  new Thing("slow", { wait: 600 });
  new Thing("bad", { wait: 300, fail: phase === 1 ? "create" : "none" });
};
