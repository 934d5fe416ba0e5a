import type * as pulumi from "@pulumi/pulumi";

const { Thing } = require("../thing") as {
  Thing: new (name: string, args: object, opts?: pulumi.CustomResourceOptions) => pulumi.CustomResource;
};

enum Size {
  Small = "small",
  Large = "large",
}

const phase = Number(process.env.PHASE);
const first = new Thing("first", { value: phase === 1 ? Size.Small : Size.Large });
new Thing("second", { from: first.id }, { dependsOn: [first] });

export const id: pulumi.Output<string> = first.id;
export const size: Size = Size.Large;
