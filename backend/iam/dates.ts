/** A moment as IAM's replies carry it: in whole seconds. */
export function answerDate(moment: string): Date {
  return new Date(Math.floor(Date.parse(moment) / 1000) * 1000);
}
