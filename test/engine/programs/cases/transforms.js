const { pulumi, Thing, Group } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

const stamp =
  (by) =>
  ({ props, opts }) => ({ props: { ...props, stamps: [...(props.stamps ?? []), by] }, opts });

exports.program = (phase) => {
  if (phase === 2) pulumi.runtime.registerResourceTransform(stamp("stack"));
  const group = new Group("group", {}, { transforms: [stamp("group")] });
  new Thing("child", { value: 1 }, { parent: group, transforms: [stamp("own")] });
  new Thing("alone", { value: 1 }, { transformations: [stamp("old style")] });
};
