const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2, target: ["a"] },
  { operation: "up", phase: 2, target: ["a"] },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2, target: ["b"] },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  new Thing("a", { value: phase });
  new Thing("b", { value: phase });
  if (phase === 2) new Thing("late", { value: 1 });
};
