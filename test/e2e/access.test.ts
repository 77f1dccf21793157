// Tokens, tenants and quotas, through a real client.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { connect } from "../../server/client.ts";
import type { ConfigInput } from "../../server/config.ts";
import { longRequest, shortRequest } from "./requests.ts";
import { beginSearch, closeAfterTest, folderOfTests, outcomeOf, start } from "./servers.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const jwt = { issuer: "https://issuer.example", audience: "shanpai", tenantClaim: "tenant" };

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let others: typeof keys;
let jwks: string;
beforeAll(async () => {
  keys = await generateKeyPair("ES256");
  others = await generateKeyPair("ES256");
  jwks = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "k1", alg: "ES256" }] });
});

function sign(
  claims: JWTPayload,
  more: { key?: typeof keys.privateKey; expires?: string; issuer?: string; audience?: string } = {},
) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", kid: "k1" })
    .setIssuer(more.issuer ?? jwt.issuer)
    .setAudience(more.audience ?? jwt.audience)
    .setExpirationTime(more.expires ?? "5m")
    .sign(more.key ?? keys.privateKey);
}

async function guarded(settings: ConfigInput) {
  const lines: string[] = [];
  const { server } = await start(settings, (line) => lines.push(line));
  const dial = (token?: string) =>
    closeAfterTest(
      connect(`127.0.0.1:${server.port}`, { metadata: token ? { authorization: `Bearer ${token}` } : {} }),
    );
  return { server, dial, lines };
}

test("static tokens and signed ones let in, all others are UNAUTHENTICATED, and no token is in the log", async () => {
  const jwksFile = join(folderOfTests(), "jwks.json");
  writeFileSync(jwksFile, jwks);
  const { dial, lines } = await guarded({
    auth: { tokens: [{ tenant: "north", sha256: sha256("static-secret-1") }], jwt: { ...jwt, jwksFile } },
  });
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(
    JSON.stringify({ tenant: "south", iss: jwt.issuer, aud: jwt.audience, exp: 4_000_000_000 }),
  ).toString("base64url")}.`;
  const good = { static: "static-secret-1", signed: await sign({ tenant: "south" }) };
  const bad = {
    none: undefined,
    wrong: "static-secret-2",
    unsigned,
    "of another key": await sign({ tenant: "south" }, { key: others.privateKey }),
    expired: await sign({ tenant: "south" }, { expires: "-5m" }),
    "of another issuer": await sign({ tenant: "south" }, { issuer: "https://else.example" }),
    "for another audience": await sign({ tenant: "south" }, { audience: "else" }),
    "without a tenant": await sign({ sub: "south" }),
  };
  for (const [name, token] of Object.entries(good))
    expect([name, await outcomeOf(dial(token).assign(shortRequest()))]).toEqual([
      name,
      expect.objectContaining({ plan: expect.anything() }),
    ]);
  for (const [name, token] of Object.entries(bad))
    expect([name, await outcomeOf(dial(token).assign(shortRequest()))]).toEqual([name, "UNAUTHENTICATED"]);
  const callers = lines.map((line) => JSON.parse(line).caller).filter((caller) => caller !== undefined);
  expect(callers).toEqual(["north", "south"]);
  for (const token of [...Object.values(good), ...Object.values(bad)])
    if (token) expect(lines.join("\n")).not.toContain(token.slice(0, 20));
});

test("keys come from a URL, too", async () => {
  const http = createServer((_, response) => response.end(jwks));
  closeAfterTest(http);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const jwksUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}/keys`;
  const { dial } = await guarded({ auth: { jwt: { ...jwt, jwksUrl } } });
  expect(await outcomeOf(dial(await sign({ tenant: "south" })).assign(shortRequest()))).toHaveProperty("plan");
  const foreign = await sign({ tenant: "south" }, { key: others.privateKey });
  expect(await outcomeOf(dial(foreign).assign(shortRequest()))).toBe("UNAUTHENTICATED");
});

test("a tenant's quota of calls under way refuses one more, with a retry hint, and others are not touched", async () => {
  const tokens = ["north", "south"].map((tenant) => ({
    tenant,
    sha256: sha256(`secret of ${tenant}`.replaceAll(" ", "-")),
  }));
  const { dial } = await guarded({ workers: 1, auth: { tokens }, tenants: { north: { maxInFlight: 1 } } });
  const north = dial("secret-of-north");
  const stop = new AbortController();
  const { outcome } = await beginSearch(north, longRequest(), { signal: stop.signal });
  await expect(north.assign(shortRequest())).rejects.toMatchObject({
    code: "RESOURCE_EXHAUSTED",
    message: "this caller has 1 calls under way, its quota",
    retryMs: 1_000,
  });
  const south = outcomeOf(dial("secret-of-south").assign(shortRequest()));
  stop.abort();
  expect([await outcome, await south]).toEqual(["CANCELLED", expect.objectContaining({ plan: expect.anything() })]);
  expect(await outcomeOf(north.assign(shortRequest()))).toHaveProperty("plan");
});
