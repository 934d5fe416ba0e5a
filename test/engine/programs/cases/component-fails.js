const { Thing, Group } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 2 },
];

// The child of a component cannot be made; later it cannot be changed.
exports.program = (phase) => {
  const group = new Group("group");
  const fail = { 1: "create", 2: "none", 3: "update" }[phase];
  const child = new Thing("child", { value: phase, fail }, { parent: group });
  const sibling = new Thing("sibling", { from: child.id, value: phase }, { parent: group });
  group.registerOutputs({ child: child.id });
  return { sibling: sibling.id };
};
