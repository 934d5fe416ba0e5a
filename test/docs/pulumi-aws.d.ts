/** As much of @pulumi/aws, which is not installed here, as the documentation's programs use. */
declare module "@pulumi/aws" {
  import type * as pulumi from "@pulumi/pulumi";

  export namespace iam {
    class User extends pulumi.CustomResource {
      constructor(name: string, args?: { readonly name?: pulumi.Input<string> }, opts?: pulumi.CustomResourceOptions);
      readonly name: pulumi.Output<string>;
    }
    class GroupPolicyAttachment extends pulumi.CustomResource {
      constructor(
        name: string,
        args: { readonly group: pulumi.Input<string>; readonly policyArn: pulumi.Input<string> },
        opts?: pulumi.CustomResourceOptions,
      );
    }
  }
  export namespace ec2 {
    class Subnet extends pulumi.CustomResource {
      constructor(
        name: string,
        args: { readonly vpcId: pulumi.Input<string>; readonly cidrBlock?: pulumi.Input<string> },
        opts?: pulumi.CustomResourceOptions,
      );
    }
    class SecurityGroup extends pulumi.CustomResource {
      constructor(name: string, args?: { readonly vpcId?: pulumi.Input<string> }, opts?: pulumi.CustomResourceOptions);
    }
  }
}
