const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 1, replace: ["base"] },
  { operation: "up", phase: 1, replace: ["base"] },
  { operation: "up", phase: 1, replace: ["first"] },
  { operation: "destroy", phase: 1 },
];

exports.program = () => {
  const base = new Thing("base", { value: 1 });
  new Thing("user", { from: base.id });
  const first = new Thing("first", { value: 1, deleteFirst: true }, { deleteBeforeReplace: true });
  new Thing("follower", { size: first.id });
};
