/** What the patterns of the schemas ask for, in words; recognised by a text that they accept and one that they refuse. */
const words: readonly (readonly [accepts: string, refuses: string, meaning: string])[] = [
  ["ami-0123456789abcdef0", "ami-1", 'an image id such as "ami-0123456789abcdef0"'],
  ["arn:aws:iam::111122223333:role/x", "arn:aws:iam::1:role/x", 'a role, "arn:aws:iam::111122223333:role/name"'],
  ["https://a.example.com/x", "http://a.example.com/x", "an https:// address without query or port"],
  ["http://a.example.com/x", "http://10.0.0.1/x", "an http:// or https:// address of a named host"],
  ["http://a.example.com/x", "a", "an http:// or https:// address"],
  ["2027-01-31", "2027-02-30", 'a day such as "2027-01-31"'],
  ["P1Y2M3D", "P", 'a duration such as "P365D"'],
  ["P7D", "7", 'a number of days such as "P7D"'],
  ["0.5", "0.123456789", 'a price such as "0.25": up to 100000000, with few enough decimals'],
  ["111122223333", "11112222333", "an account id of 12 digits"],
  ["US", "usa", 'a country code such as "US"'],
  ["m5.large", "large", 'an instance type such as "m5.large"'],
];
const general: readonly (readonly [accepts: string, refuses: string, meaning: string])[] = [
  ["ec2-user", "2user", "a user name: a letter, then letters, digits, hyphens and underscores"],
  ["a_b.c-d", "a b", "letters, digits, dots, hyphens and underscores only"],
  ["x y", " x", "a text that does not start with a space and is not empty"],
  ["x", "\u00e9", "plain characters (ASCII, \u00a9, \u00ae, \u2122 and currency signs) only"],
];

/** What a pattern asks for; the pattern itself where nobody has put it in words. */
export function inWords(pattern: RegExp): string {
  const isFor = ([accepts, refuses]: readonly [string, string, string]) =>
    pattern.test(accepts) && !pattern.test(refuses);
  const strict = (entry: readonly [string, string, string]) =>
    isFor(entry) && !pattern.test("\u0001") && !pattern.test("x y");
  return (words.find(strict) ?? general.find(isFor))?.[2] ?? `a text of the form ${pattern.source}`;
}
