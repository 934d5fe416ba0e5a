const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "preview", phase: 3 },
  { operation: "destroy", phase: 1 },
  { operation: "up", phase: 4 },
  { operation: "destroy", phase: 4 },
];

// 2: the protected one leaves the program. 3: it would be replaced. 4: it is protected no longer.
exports.program = (phase) => {
  if (phase !== 2) new Thing("kept", { size: phase === 3 ? 2 : 1 }, { protect: phase !== 4 });
  new Thing("free", { value: 1 });
};
