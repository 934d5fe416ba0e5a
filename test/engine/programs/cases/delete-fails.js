const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 3 },
];

// 2: replacing `sticky` cannot delete its old copy. 3: the old copy is tried again, and the program has mended nothing.
exports.program = (phase) => {
  new Thing("sticky", { size: phase === 1 ? 1 : 2, fail: phase === 1 ? "delete" : "none" });
  new Thing("other", { value: phase });
};
