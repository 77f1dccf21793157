// Bearer tokens: static ones known by their hash, and JSON web tokens verified against a key set.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { z } from "zod";

const tenant = z.string().min(1).max(128).describe("name of the tenant");

export const authSchema = z
  .strictObject({
    tokens: z
      .array(
        z.strictObject({
          tenant,
          sha256: z
            .string()
            .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal, never the token itself")
            .describe("SHA-256 of the token"),
        }),
      )
      .default([]),
    jwt: z
      .strictObject({
        issuer: z.string().min(1),
        audience: z.string().min(1),
        jwksFile: z.string().min(1).optional(),
        jwksUrl: z
          .url({ protocol: /^https?$/ })
          .refine((url) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url), "must be https")
          .optional(),
        tenantClaim: z.string().min(1).default("sub"),
      })
      .refine(
        (jwt) => (jwt.jwksFile === undefined) !== (jwt.jwksUrl === undefined),
        "needs one of jwksFile and jwksUrl",
      )
      .optional(),
  })
  .refine(({ tokens, jwt }) => tokens.length > 0 || jwt !== undefined, "needs tokens, jwt or both");

export type AuthConfig = z.output<typeof authSchema>;

/** Gives the tenant of a token; undefined where the token proves none. Never throws for what a caller sends. */
export type VerifyToken = (token: string) => Promise<string | undefined>;

/** Signatures by key pairs only: a public key can never be taken for a shared secret. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCK_TOLERANCE_S = 30;

/**
 * Verifies tokens as configured. Throws where the key file cannot be read; `onTrouble` hears of keys that cannot be had later on, while
 * those known before stay in use.
 */
export function tokenVerifier({ tokens, jwt }: AuthConfig, onTrouble: (reason: string) => void): VerifyToken {
  // Looked up by hash: how long it takes tells nothing about the token.
  const known = new Map(tokens.map((token) => [token.sha256, token.tenant]));
  const keys = jwt && (jwt.jwksUrl ? createRemoteJWKSet(new URL(jwt.jwksUrl)) : keysOfFile(jwt.jwksFile!, onTrouble));
  return async (token) => {
    const found = known.get(createHash("sha256").update(token).digest("hex"));
    if (found !== undefined || !jwt || !keys) return found;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: jwt.issuer,
        audience: jwt.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ["exp", jwt.tenantClaim],
      });
      const claim = payload[jwt.tenantClaim];
      return typeof claim === "string" && claim !== "" ? claim.slice(0, 128) : undefined;
    } catch (error) {
      // A token that fails is the caller's matter; keys that cannot be had are the operator's.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout)
        onTrouble(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
}

/** Keys of a file, read again when it changes. */
function keysOfFile(file: string, onTrouble: (reason: string) => void): JWTVerifyGetKey {
  const read = () => createLocalJWKSet(JSON.parse(readFileSync(file, "utf8")) as JSONWebKeySet);
  let changed = statSync(file).mtimeMs;
  let keys = read();
  return (header, token) => {
    try {
      const now = statSync(file).mtimeMs;
      if (now !== changed) {
        keys = read();
        changed = now;
      }
    } catch (error) {
      onTrouble(`${file}: ${(error as Error).message}`);
    }
    return keys(header, token);
  };
}
