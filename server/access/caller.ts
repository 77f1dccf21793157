// Whose call it is, and how urgent: what fairness, quotas and remembered answers go by.
import type { PeerCertificate } from "node:tls";
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
/** Longest name of a tenant. */
const NAME_CHARS = 128;

/** The tenant a call names; empty where it names none. */
export function claimedTenant(metadata: Metadata): string {
  return textOf(metadata, TENANT_KEY).slice(0, NAME_CHARS);
}

/** The tenant of a verified client certificate: its first URI name, else its common name; undefined where it has neither. */
export function tenantOfCertificate({ subject, subjectaltname }: PeerCertificate): string | undefined {
  const uri = /(?:^|, )URI:([^,]+)/.exec(subjectaltname ?? "")?.[1];
  const common = Array.isArray(subject?.CN) ? subject.CN[0] : subject?.CN;
  return (uri ?? common)?.slice(0, NAME_CHARS);
}

/** 1 for high, -1 for low, else 0. */
export function priorityOf(metadata: Metadata): number {
  return PRIORITIES[textOf(metadata, PRIORITY_KEY)] ?? 0;
}

/** The bearer token of a call; undefined where it brings none. */
export function bearerToken(metadata: Metadata): string | undefined {
  return /^Bearer +(\S+)$/i.exec(textOf(metadata, "authorization"))?.[1];
}

function textOf(metadata: Metadata, key: string): string {
  return String(metadata.get(key)[0] ?? "");
}
