// Certificates for tests, made by openssl in a folder of their own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Authority {
  readonly folder: string;
  readonly caFile: string;
  /** Makes a certificate; returns its files. `san` as openssl writes it, such as DNS:localhost. */
  issue(name: string, san: string): { certFile: string; keyFile: string; cert: Buffer; key: Buffer };
  close(): void;
}

/** A new authority of tests. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "shanpai-tls-"));
  const at = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const newKey = (file: string) => openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", at(file));
  newKey("ca.key");
  openssl(
    "req",
    "-x509",
    "-new",
    "-key",
    at("ca.key"),
    "-subj",
    "/CN=test authority",
    "-days",
    "2",
    "-out",
    at("ca.pem"),
  );
  let serial = 0;
  return {
    folder,
    caFile: at("ca.pem"),
    issue: (name, san) => {
      const stem = `${name.replace(/\W/g, "-")}-${serial++}`;
      newKey(`${stem}.key`);
      openssl("req", "-new", "-key", at(`${stem}.key`), "-subj", `/CN=${name}`, "-out", at(`${stem}.csr`));
      writeFileSync(at(`${stem}.ext`), `subjectAltName=${san}\n`);
      openssl(
        ..."x509 -req -days 2 -CAcreateserial".split(" "),
        ...["-in", at(`${stem}.csr`), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-extfile", at(`${stem}.ext`)],
        ...["-out", at(`${stem}.pem`)],
      );
      const [certFile, keyFile] = [at(`${stem}.pem`), at(`${stem}.key`)];
      return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
