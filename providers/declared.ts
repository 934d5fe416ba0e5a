import type * as pulumi from "@pulumi/pulumi";

type Scalar = string | number | boolean;

/** A value as a program declares it: every part of it may be another resource's output. */
export type Declared<T> = [T] extends [Scalar]
  ? pulumi.Input<T>
  : T extends readonly (infer Element)[]
    ? pulumi.Input<readonly Declared<Element>[]>
    : pulumi.Input<DeclaredMembers<T>>;

/** The members of `T`, each as a program declares it; optional ones stay optional, and keep their documentation. */
export type DeclaredMembers<T> = { readonly [Name in keyof T]: Declared<NonNullable<T[Name]>> };
