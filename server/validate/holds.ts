// Whether a value fits a zod schema, without saying what is wrong: most requests are right, and zod's reports cost more than answering them.
import type { z } from "zod";

type Test = (value: unknown) => boolean;
type Schema = z.core.$ZodType;

/**
 * The schema as a predicate: true only where `schema.safeParse` succeeds; false where it fails, and for objects of no plain kind in place of
 * a record. Throws on kinds of schemas that it does not know.
 */
export function holds(schema: Schema): Test {
  const test = kindOf((schema as z.core.$ZodTypes)._zod.def);
  const checks = (schema._zod.def.checks ?? []).map(checkOf);
  if (checks.length === 0) return test;
  if (checks.length === 1) {
    const [check] = checks as [Test];
    return (value) => test(value) && check(value);
  }
  return (value) => test(value) && checks.every((check) => check(value));
}

function kindOf(def: z.core.$ZodTypes["_zod"]["def"]): Test {
  switch (def.type) {
    case "string":
      return (value) => typeof value === "string";
    case "number":
      // An int is a number with a format of its own.
      return "format" in def ? Number.isSafeInteger : Number.isFinite;
    case "bigint":
      return (value) => typeof value === "bigint";
    case "boolean":
      return (value) => typeof value === "boolean";
    case "custom":
      return def.fn as Test;
    case "enum": {
      const values = new Set<unknown>(Object.values(def.entries).filter((value) => typeof value === "number"));
      return (value) => values.has(value);
    }
    case "literal": {
      const { values } = def;
      return (value) => (values as unknown[]).includes(value);
    }
    case "optional": {
      const inner = holds(def.innerType);
      return (value) => value === undefined || inner(value);
    }
    case "nonoptional": {
      const inner = holds(def.innerType);
      return (value) => value !== undefined && inner(value);
    }
    case "array": {
      const element = holds(def.element);
      return (value) => {
        if (!Array.isArray(value)) return false;
        for (let row = 0; row < value.length; row++) if (!element(value[row])) return false;
        return true;
      };
    }
    case "object":
      return objectTest(def.shape);
    case "record": {
      const entry = holds(def.valueType);
      return (value) => isPlain(value) && Object.values(value).every(entry);
    }
    case "union": {
      const options = def.options.map(holds);
      return (value) => options.some((option) => option(value));
    }
    default:
      throw new Error(`no predicate for a schema of type ${def.type}`);
  }
}

function checkOf(check: z.core.$ZodCheck<never>): Test {
  const { def } = (check as unknown as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case "greater_than": {
      const least = def.value as number;
      return def.inclusive ? (value) => (value as number) >= least : (value) => (value as number) > least;
    }
    case "less_than": {
      const most = def.value as number;
      return def.inclusive ? (value) => (value as number) <= most : (value) => (value as number) < most;
    }
    case "min_length": {
      const { minimum } = def;
      return (value) => (value as string | unknown[]).length >= minimum;
    }
    case "number_format":
      return Number.isSafeInteger;
    default: {
      const { fn } = def as unknown as { fn?: Test };
      if (!fn) throw new Error(`no predicate for the check ${def.check}`);
      return fn;
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));

function objectTest(shape: Readonly<Record<string, Schema>>): Test {
  const names = Object.keys(shape);
  const tests = names.map((name) => holds(shape[name]!));
  // Written out as code, as zod does: looking the names up one by one takes four times as long.
  const all = names.map((name, at) => `tests[${at}](value[${JSON.stringify(name)}])`).join(" && ") || "true";
  const fits = new Function("tests", `return (value) => ${all};`)(tests) as (value: object) => boolean;
  return (value) => isObject(value) && fits(value);
}
