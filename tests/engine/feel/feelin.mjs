// Works out expressions and unary tests with @bpmn-io/feelin: a JSON list on standard input, the results on standard output.
import { readFileSync } from "node:fs";
import { evaluate, unaryTest } from "@bpmn-io/feelin";

const { context, cases } = JSON.parse(readFileSync(0, "utf8"));

function plain(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === "function") return { function: true };
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value.isLuxonDateTime) return { moment: value.toISO({ suppressMilliseconds: true }) };
  if (value.isLuxonDuration) return { duration: value.toISO(), milliseconds: value.toMillis(), months: value.as("months") };
  if (value.constructor?.name === "Range") return { range: true };
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

function answer({ expression, cell, tested }) {
  try {
    const found = cell === undefined ? evaluate(expression, context) : unaryTest(cell, { ...context, "?": tested });
    return { result: plain(found.value) };
  } catch (error) {
    return { error: String(error.message).split("\n")[0].slice(0, 80) };
  }
}

process.stdout.write(JSON.stringify(cases.map(answer)));
