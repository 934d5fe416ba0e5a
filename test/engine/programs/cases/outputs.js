const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = async (phase) => {
  const a = new Thing("a", { value: "v" });
  return {
    id: a.id,
    upper: a.id.apply((id) => id.toUpperCase()),
    all: pulumi.all([a.id, a.urn]).apply(([id]) => [id, { nested: id }]),
    number: 1.5,
    yes: true,
    nothing: null,
    ...(phase === 1 ? { gone: "soon" } : { fresh: [] }),
    text: pulumi.interpolate`<${a.id}>`,
    json: pulumi.jsonStringify({ id: a.id }),
  };
};
