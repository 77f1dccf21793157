import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { tokenVerifier } from "./tokens.ts";

const jwt = { issuer: "https://issuer.example", audience: "shanpai", tenantClaim: "tenant" };

test("a file of keys is read again when it changes, and a broken one leaves those before in use", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shanpai-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const jwksFile = join(folder, "keys.json");
  const [first, second] = [await generateKeyPair("ES256"), await generateKeyPair("ES256")];
  let seconds = 1_000_000;
  const write = (text: string) => {
    writeFileSync(jwksFile, text);
    // Files of one test are written within one tick of some file systems.
    utimesSync(jwksFile, ++seconds, seconds);
  };
  const keysOf = async ({ publicKey }: typeof first) =>
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256" }] });
  const tokenOf = ({ privateKey }: typeof first) =>
    new SignJWT({ tenant: "north" })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .setIssuer(jwt.issuer)
      .setAudience(jwt.audience)
      .setExpirationTime("5m")
      .sign(privateKey);
  const [old, current] = [await tokenOf(first), await tokenOf(second)];
  const troubles: string[] = [];

  write(await keysOf(first));
  const verify = tokenVerifier({ tokens: [], jwt: { ...jwt, jwksFile } }, (reason) => troubles.push(reason));
  expect([await verify(old), await verify(current)]).toEqual(["north", undefined]);

  write(await keysOf(second));
  expect([await verify(old), await verify(current)]).toEqual([undefined, "north"]);
  expect(troubles).toEqual([]);

  write("no keys");
  expect([await verify(old), await verify(current)]).toEqual([undefined, "north"]);
  expect(troubles.length).toBeGreaterThan(0);
  expect(troubles[0]).toContain(jwksFile);
});
