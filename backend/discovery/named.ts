/** A value with its name for people. */
export interface Named {
  readonly value: string;
  readonly displayName: string;
}
