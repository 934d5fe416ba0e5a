import { expect, test } from "vitest";
import { relevance, wordsOf } from "../../../backend/discovery/relevance";

const places = [
  { weight: 8, text: "Log Agent" },
  { weight: 1, text: "Collects logs from many machines." },
];

test.each([
  ["", 0],
  ["agent", 16],
  ["AGENT!", 16],
  ["age", 8],
  ["gent", 0],
  ["log", 17],
  ["log agent", 33],
  ["log zeppelin", 0],
  ["machine", 1],
])("%s", (text, score) => {
  expect(relevance(places, wordsOf(text))).toBe(score);
});

test("words are letters and digits of any language", () => {
  expect(wordsOf("Über-Log 2.0, 日志")).toEqual(["über", "log", "2", "0", "日志"]);
});
