/** A mistake the user can mend: the message says what is wrong, where, and what to do next. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
