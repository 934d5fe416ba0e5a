const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

// Values that are easily mangled on their way through two protocols and a file.
exports.program = (phase) => {
  const long = "x".repeat(200_000) + phase;
  const secret = pulumi.secret({ level: [{ deeper: { deepest: `hush ${phase}` } }] });
  new Thing("long", { value: long });
  new Thing("words", { value: 'Grüße, 東京 👩‍🚀 \u2028 \u0000 <&> "quoted" \\ \t\n', "schlüssel 🔑": phase });
  new Thing("keys", {
    tags: { "a.b": phase, 'with "quotes"': phase, "[0]": phase, "": phase, "*": phase },
    list: [[phase], [[], {}]],
  });
  new Thing(
    "ignored",
    { tags: { "a.b": phase, 'with "quotes"': phase, plain: phase } },
    { ignoreChanges: ['tags["a.b"]', 'tags["with \\"quotes\\""]'] },
  );
  new Thing("deep", { outer: { secret, open: { list: [pulumi.secret("one"), "two"] } }, whole: secret });
  new Thing("nothing", phase === 1 ? { absent: null, inside: { absent: null, there: 1 } } : { inside: { there: 1 } });
  new Thing("numbers", {
    big: 2 ** 53,
    small: 1e-7,
    negative: -0.5,
    zero: 0,
    no: false,
    empty: "",
    none: [],
    bare: {},
  });
  return { secret, unicode: "東京", zero: 0, empty: "" };
};
