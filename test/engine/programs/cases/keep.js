const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 3 },
];

// retainOnDelete forgets without deleting; deletedWith goes with its owner.
exports.program = (phase) => {
  const owner = new Thing("owner", { size: 1 });
  new Thing("tenant", { value: 1 }, { deletedWith: owner });
  new Thing("kept", { value: 1 }, { retainOnDelete: true });
  if (phase === 1) new Thing("let-go", { value: 1 }, { retainOnDelete: true });
  new Thing("kept-old", { size: phase }, { retainOnDelete: true });
};
