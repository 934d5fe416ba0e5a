/** The person asked to stop. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}
