const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const a = new Thing("a", { size: phase });
  const b = new Thing("b", { from: a.id });
  const c = new Thing("c", { size: a.id });
  return { b: b.id, c: c.id };
};
