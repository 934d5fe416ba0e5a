const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const first = new Thing("first", { value: 1 });
  const bad = new Thing("bad", { from: first.id, fail: phase === 1 ? "create" : "none" });
  new Thing("after", { from: bad.id });
};
