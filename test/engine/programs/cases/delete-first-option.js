const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const base = new Thing("base", { size: phase }, { deleteBeforeReplace: true });
  new Thing("user", { size: base.id });
};
