// Quotas of callers: how many calls at a time, and how many a second.
import { z } from "zod";
import { RequestError } from "../errors.ts";

export const quotaSchema = z.strictObject({
  share: z.number().min(0.01).max(100).optional().describe("part of the workers relative to others, 0.01 to 100"),
  maxInFlight: z.int().min(1).max(100_000).optional().describe("calls at a time, 1 to 100000"),
  requestsPerSecond: z.number().min(0.01).max(100_000).optional().describe("calls a second over time, 0.01 to 100000"),
  burst: z.int().min(1).max(1_000_000).optional().describe("calls at once after a pause, 1 to 1000000"),
});

/** What one caller may; what is absent is not limited. */
export type Quota = z.output<typeof quotaSchema>;

interface Account {
  inFlight: number;
  /** Calls it may make at once. */
  tokens: number;
  /** Moment of `performance.now()` for which `tokens` holds. */
  at: number;
}

/** Callers whose account is full are remembered up to this many. */
const MOST_ACCOUNTS = 10_000;

export interface Quotas {
  /** Takes a call of `caller` in; returns what gives its place back. Throws RESOURCE_EXHAUSTED with a retry hint. */
  enter(caller: string): () => void;
  /** The caller's part of the workers. */
  shareOf(caller: string): number;
}

/** Quotas by tenant, `others` for those not named. */
export function createQuotas(others: Quota, tenants: Readonly<Record<string, Quota>>): Quotas {
  const accounts = new Map<string, Account>();
  const quotas = new Map(Object.entries(tenants).map(([name, quota]) => [name, { ...others, ...quota }]));
  const quotaOf = (caller: string): Quota => quotas.get(caller) ?? others;

  /** The account with what has come back since it was last looked at. */
  function accountOf(caller: string, { requestsPerSecond = 0, burst = Math.ceil(requestsPerSecond) }: Quota): Account {
    const now = performance.now();
    const account = accounts.get(caller) ?? { inFlight: 0, tokens: burst, at: now };
    account.tokens = Math.min(burst, account.tokens + ((now - account.at) / 1000) * requestsPerSecond);
    account.at = now;
    accounts.set(caller, account);
    return account;
  }

  function forgetSome(): void {
    if (accounts.size <= MOST_ACCOUNTS) return;
    for (const [caller, { inFlight }] of accounts) {
      if (inFlight === 0) accounts.delete(caller);
      if (accounts.size <= MOST_ACCOUNTS / 2) return;
    }
  }

  return {
    shareOf: (caller) => quotaOf(caller).share ?? 1,
    enter: (caller) => {
      const quota = quotaOf(caller);
      forgetSome();
      const account = accountOf(caller, quota);
      const { maxInFlight, requestsPerSecond } = quota;
      if (maxInFlight !== undefined && account.inFlight >= maxInFlight)
        throw new RequestError(
          "RESOURCE_EXHAUSTED",
          `this caller has ${maxInFlight} calls under way, its quota`,
          [],
          1_000,
        );
      if (requestsPerSecond !== undefined) {
        if (account.tokens < 1) {
          const retryMs = Math.ceil(((1 - account.tokens) / requestsPerSecond) * 1000);
          throw new RequestError(
            "RESOURCE_EXHAUSTED",
            `this caller's quota is ${requestsPerSecond} calls a second`,
            [],
            retryMs,
          );
        }
        account.tokens--;
      }
      account.inFlight++;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        account.inFlight--;
      };
    },
  };
}
