// Types of osrm-text-instructions, which has none of its own.
declare module "osrm-text-instructions" {
  interface Compiler {
    compile(
      language: string,
      step: object,
      options?: { legIndex?: number; legCount?: number; waypointName?: string },
    ): string;
  }
  export default function compilerOf(version: "v5"): Compiler;
}

declare module "osrm-text-instructions/languages.js" {
  const languages: {
    readonly supportedCodes: readonly string[];
    readonly instructions: Readonly<Record<string, { readonly v5: Readonly<Record<string, unknown>> }>>;
  };
  export default languages;
}
