const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1, stack: "base" },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3, stack: "base" },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 4 },
  { operation: "destroy", phase: 2 },
];

// 1 and 3: the stack that others read. 2: reads it. 4: reads one that is not there.
exports.program = (phase) => {
  if (phase === 1 || phase === 3) {
    const net = new Thing("net", { value: phase });
    return { netId: net.id, serial: phase, password: pulumi.secret("hush"), list: [1, { deep: "x" }] };
  }
  const base = new pulumi.StackReference(
    phase === 2 ? "organization/two-engines/base" : "organization/two-engines/none",
  );
  new Thing("user", {
    net: base.requireOutput("netId"),
    serial: base.getOutput("serial"),
    password: base.getOutput("password"),
    absent: base.getOutput("absent"),
  });
  return { list: base.getOutput("list"), password: base.getOutput("password") };
};
