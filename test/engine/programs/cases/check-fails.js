const { Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 1 },
];

exports.program = (phase) => {
  new Thing("good", { value: 1 });
  new Thing("bad", { fail: phase === 2 ? "check" : "none" });
};
