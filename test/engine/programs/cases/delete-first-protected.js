const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 3 },
];

// Replacing `base` would take `safe` along, two steps down the chain. 3: it is protected no longer.
exports.program = (phase) => {
  const base = new Thing("base", { size: phase === 1 ? 1 : 2, deleteFirst: true });
  const middle = new Thing("middle", { size: base.id, deleteFirst: true });
  new Thing("safe", { size: middle.id }, { protect: phase < 3 });
};
