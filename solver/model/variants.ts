// Ways to meet an order's needs: with the SKUs it asks for or with substitutes, all units of one part with one SKU (docs/plan.md, "Substitutes").
import type { ProblemOrder } from "./problem.ts";

/** Most ways that are looked at. */
const MOST = 64;
/** Most that are made, the first substitutes of every part among them, before the best are taken. */
const MOST_MADE = 4096;

/** Units of one SKU for a part. */
export interface VariantPart {
  readonly id: string;
  readonly quantity: number;
  /** The SKU asked for, when `id` is a substitute. */
  readonly substituteFor?: string | undefined;
}

const known = new WeakMap<ProblemOrder["parts"], readonly (readonly VariantPart[])[]>();

/** The ways, as asked first, then by the ranks of the substitutes they use; no SKU stands for two parts. */
export function variantsOf({ parts }: Pick<ProblemOrder, "parts">): readonly (readonly VariantPart[])[] {
  if (!parts.some(({ substitutes }) => substitutes && substitutes.length > 0)) return [parts];
  let variants = known.get(parts);
  if (!variants) {
    variants = withSubstitutes(parts);
    known.set(parts, variants);
  }
  return variants;
}

function withSubstitutes(parts: ProblemOrder["parts"]): VariantPart[][] {
  let ways: { rank: number; list: VariantPart[] }[] = [{ rank: 0, list: [] }];
  for (const { id, quantity, substitutes = [] } of parts)
    ways = ways
      .flatMap(({ rank, list }) =>
        [id, ...substitutes].flatMap((sku, more) =>
          list.some((part) => part.id === sku)
            ? []
            : [{ rank: rank + more, list: [...list, { id: sku, quantity, substituteFor: more > 0 ? id : undefined }] }],
        ),
      )
      .slice(0, MOST_MADE);
  return ways
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ list }) => list);
}

/** The way whose SKUs a plan's uses name; the first where they name none of them. */
export function variantUsed(
  order: Pick<ProblemOrder, "parts">,
  uses: readonly { readonly sku: string; readonly substituteFor?: string | undefined }[],
): number {
  const row = variantsOf(order).findIndex((parts) =>
    parts.every(({ id, substituteFor }) =>
      uses.some((use) => use.sku === id && (use.substituteFor || undefined) === substituteFor),
    ),
  );
  return Math.max(0, row);
}
