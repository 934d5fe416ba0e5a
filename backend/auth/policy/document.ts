/** A policy document, read and found sound: lists where JSON allows one value or a list. */
export interface PolicyDocument {
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly StatementDocument[];
}

export interface StatementDocument {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: Listed<readonly string[]>;
  /** Absent in a trust policy, which is about the role itself. */
  readonly resources?: Listed<readonly string[]>;
  /** By kind: `AWS`, `Service`. `"*"` is `{ AWS: ["*"] }`. Absent in policies of identities. */
  readonly principals?: Listed<Readonly<Record<string, readonly string[]>>>;
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

/** `not`: all but these (`NotAction`). */
export interface Listed<T> {
  readonly not: boolean;
  readonly values: T;
}
