// HTML and SVG from templates that escape every value put into them.

/** Text that is already HTML. */
export interface Markup {
  readonly markup: string;
}

export type Value = string | number | Markup | undefined | false | readonly Value[];

/** Joins a template; texts and numbers are escaped, lists joined, `undefined` and `false` left out. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(render)) };
}

/** Takes `text` as it is: only for the style and the script of the page itself. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function render(value: Value): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  if (typeof value === "string") return escapeText(value);
  return "markup" in value ? value.markup : value.map(render).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
