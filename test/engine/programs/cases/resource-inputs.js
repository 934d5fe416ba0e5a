const { pulumi, Thing, Group } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "destroy", phase: 1 },
];

// Resources themselves as inputs and outputs, not their properties.
exports.program = () => {
  const a = new Thing("a", { value: 1 });
  const group = new Group("group");
  new Thing("user", { whole: a, list: [a], inside: { a }, lifted: pulumi.output(a) });
  group.registerOutputs({ a });
  return { a, group };
};
