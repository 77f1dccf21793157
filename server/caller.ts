// Whose call it is, and how urgent: what fairness, quotas and remembered answers go by.
import type { Metadata } from "@grpc/grpc-js";

/** One caller. */
export interface Caller {
  /** Name of the tenant; empty where callers are not told apart. */
  readonly name: string;
  /** Its part of the workers relative to others, > 0. */
  readonly share: number;
}

/** Metadata in which a caller says who it is; believed only where nothing proves it. */
export const TENANT_KEY = "shanpai-tenant";
/** Metadata in which a caller orders its own requests: high, normal or low. */
export const PRIORITY_KEY = "shanpai-priority";

const PRIORITIES: Readonly<Record<string, number>> = { high: 1, normal: 0, low: -1 };

/** The tenant a call names, at most 128 characters. */
export function tenantOf({ metadata }: { readonly metadata: Metadata }): Caller {
  return { name: textOf(metadata, TENANT_KEY).slice(0, 128), share: 1 };
}

/** 1 for high, -1 for low, else 0. */
export function priorityOf(metadata: Metadata): number {
  return PRIORITIES[textOf(metadata, PRIORITY_KEY)] ?? 0;
}

function textOf(metadata: Metadata, key: string): string {
  return String(metadata.get(key)[0] ?? "");
}
