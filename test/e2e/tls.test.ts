// TLS and client certificates, and new certificates without a restart.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect as tlsConnect } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { connect } from "../../server/client.ts";
import { createAuthority } from "./certificates.ts";
import { shortRequest } from "./requests.ts";
import { closeAfterTest, outcomeOf, start } from "./servers.ts";

const authority = createAuthority();
const stranger = createAuthority();
afterAll(() => {
  authority.close();
  stranger.close();
});
const ca = readFileSync(authority.caFile);
const serverPair = authority.issue("localhost", "DNS:localhost,IP:127.0.0.1");

/** Serial number of the certificate that the server shows now. */
function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tlsConnect({ port, host: "127.0.0.1", ca, ALPNProtocols: ["h2"] }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

test("only who has a certificate of the authority is answered, and the certificate is the caller's name", async () => {
  const names: string[] = [];
  const { server } = await start(
    { tls: { certFile: serverPair.certFile, keyFile: serverPair.keyFile, clientCaFile: authority.caFile } },
    (line) => names.push(String((JSON.parse(line) as { caller?: string }).caller)),
  );
  const dial = (tls: object) => closeAfterTest(connect(`localhost:${server.port}`, { tls: { ca, ...tls } }));
  const { cert, key } = authority.issue("north", "URI:spiffe://shanpai/tenant/north");
  expect(await outcomeOf(dial({ cert, key }).assign(shortRequest()))).toHaveProperty("plan");
  expect(names).toContain("spiffe://shanpai/tenant/north");
  const foreign = stranger.issue("north", "URI:spiffe://shanpai/tenant/north");
  const refused = [
    dial({}),
    dial({ cert: foreign.cert, key: foreign.key }),
    closeAfterTest(connect(`127.0.0.1:${server.port}`)),
  ];
  for (const client of refused)
    expect(await outcomeOf(client.assign(shortRequest(), { deadlineMs: 30_000 }))).toBe("UNAVAILABLE");
});

test("new files are used without a restart, broken ones are not, and calls go on", async () => {
  const [certFile, keyFile] = ["cert", "key"].map((name) => join(authority.folder, `live.${name}`)) as [string, string];
  const use = (pair: { certFile: string; keyFile: string }) => {
    copyFileSync(pair.certFile, certFile);
    copyFileSync(pair.keyFile, keyFile);
  };
  use(serverPair);
  const told: string[] = [];
  const { server } = await start({ tls: { certFile, keyFile, reloadMs: 100 } }, (line) => told.push(line));
  const client = closeAfterTest(connect(`localhost:${server.port}`, { tls: { ca } }));
  expect(await outcomeOf(client.assign(shortRequest()))).toHaveProperty("plan");
  const first = await shownBy(server.port);

  // A key that is not the certificate's, as in the middle of a rotation.
  const next = authority.issue("localhost", "DNS:localhost,IP:127.0.0.1");
  writeFileSync(keyFile, next.key);
  while (!told.some((line) => line.includes("cannot be used"))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await shownBy(server.port)).toBe(first);

  use(next);
  while (!told.some((line) => line.includes("are in use"))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await shownBy(server.port)).not.toBe(first);
  expect(await outcomeOf(client.assign(shortRequest()))).toHaveProperty("plan");
});
