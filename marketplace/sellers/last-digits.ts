/**
 * A number as it may be shown: its last four digits, of a short one its last two or none. `lastDigits("12-3456789")` is
 * `*****6789`. What is hidden is always the same length, so that it says nothing of the number's.
 */
export function lastDigits(number: string): string {
  const plain = number.replaceAll(/[^A-Za-z\d]/g, "");
  const shown = plain.length < 5 ? 0 : plain.length < 8 ? 2 : 4;
  return `*****${plain.slice(plain.length - shown)}`;
}
