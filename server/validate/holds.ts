// Whether a value fits a zod schema, without saying what is wrong: most requests are right, and zod's reports cost more than answering them.
import type { z } from "zod";

type Test = (value: unknown) => boolean;
type Schema = z.core.$ZodType;

/**
 * The schema as a predicate: true only where `schema.safeParse` succeeds; false where it fails, and for objects of no plain kind in place of
 * a record. Throws on kinds of schemas that it does not know.
 */
export function holds(schema: Schema): Test {
  const code = new Code();
  const test = code.test(schema, "value");
  // Written out as code, as zod does: calling a test for every field takes four times as long.
  return new Function("constants", "isPlain", `${code.text}\nreturn (value) => ${test};`)(
    code.constants,
    isPlain,
  ) as Test;
}

/** The code of a predicate: functions for lists and objects, one for each schema, and the constants that they use. */
class Code {
  readonly constants: unknown[] = [];
  readonly #functions: string[] = [];
  readonly #names = new Map<Schema, string>();

  get text(): string {
    const constants = this.constants.map((_, at) => `const constant${at} = constants[${at}];`);
    return [...constants, ...this.#functions].join("\n");
  }

  /** An expression that is true where the variable fits. */
  test(schema: Schema, variable: string): string {
    const kind = this.#kind(schema, variable);
    const checks = (schema._zod.def.checks ?? []).map((check) => this.#check(check, variable));
    return [kind, ...checks].join(" && ");
  }

  #kind(schema: Schema, variable: string): string {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    switch (def.type) {
      case "string":
      case "bigint":
      case "boolean":
        return `typeof ${variable} === "${def.type}"`;
      case "number":
        // An int is a number with a format of its own.
        return `Number.${"format" in def ? "isSafeInteger" : "isFinite"}(${variable})`;
      case "custom":
        return `${this.#constant(def.fn)}(${variable})`;
      case "enum": {
        const values = Object.values(def.entries).filter((value) => typeof value === "number");
        return `(${values.map((value) => `${variable} === ${value}`).join(" || ") || "false"})`;
      }
      case "literal":
        return `${this.#constant(def.values)}.includes(${variable})`;
      case "optional":
        return `(${variable} === undefined || ${this.test(def.innerType, variable)})`;
      case "nonoptional":
        return `(${variable} !== undefined && ${this.test(def.innerType, variable)})`;
      case "array":
        return this.#call(schema, variable, () => {
          const rows = `for (let row = 0; row < value.length; row++) { const item = value[row]; if (!(${this.test(def.element, "item")})) return false; }`;
          return `if (!Array.isArray(value)) return false; ${rows} return true;`;
        });
      case "object":
        return this.#call(schema, variable, () => {
          const fields = Object.entries(def.shape).map(([name, field], at) => {
            const own = `field${at}`;
            return `const ${own} = value[${JSON.stringify(name)}]; if (!(${this.test(field, own)})) return false;`;
          });
          return `if (typeof value !== "object" || value === null || Array.isArray(value)) return false; ${fields.join("\n")} return true;`;
        });
      case "record":
        return this.#call(
          schema,
          variable,
          () => `return isPlain(value) && Object.values(value).every((entry) => ${this.test(def.valueType, "entry")});`,
        );
      case "union":
        return `(${def.options.map((option) => `(${this.test(option, variable)})`).join(" || ")})`;
      default:
        throw new Error(`no predicate for a schema of type ${def.type}`);
    }
  }

  #check(check: z.core.$ZodCheck<never>, variable: string): string {
    const { def } = (check as unknown as z.core.$ZodChecks)._zod;
    switch (def.check) {
      case "greater_than":
        return `${variable} ${def.inclusive ? ">=" : ">"} ${this.#constant(def.value)}`;
      case "less_than":
        return `${variable} ${def.inclusive ? "<=" : "<"} ${this.#constant(def.value)}`;
      case "min_length":
        return `${variable}.length >= ${def.minimum}`;
      case "number_format":
        return `Number.isSafeInteger(${variable})`;
      default: {
        const { fn } = def as unknown as { fn?: Test };
        if (!fn) throw new Error(`no predicate for the check ${def.check}`);
        return `${this.#constant(fn)}(${variable})`;
      }
    }
  }

  #call(schema: Schema, variable: string, body: () => string): string {
    let name = this.#names.get(schema);
    if (name === undefined) {
      name = `test${this.#names.size}`;
      this.#names.set(schema, name);
      this.#functions.push(`const ${name} = (value) => { ${body()} };`);
    }
    return `${name}(${variable})`;
  }

  /** Numbers are written as they are. */
  #constant(value: unknown): string {
    if (typeof value === "bigint") return `${value}n`;
    return typeof value === "number" ? `${value}` : `constant${this.constants.push(value) - 1}`;
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
