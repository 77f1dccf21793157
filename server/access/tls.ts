// TLS of the server from files, read again when they change; a pair that does not work never replaces one that does.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { experimental, type ServerCredentials } from "@grpc/grpc-js";
import { z } from "zod";

export const tlsSchema = z.strictObject({
  certFile: z.string().min(1).describe("certificate chain, PEM"),
  keyFile: z.string().min(1).describe("private key, PEM"),
  clientCaFile: z
    .string()
    .min(1)
    .optional()
    .describe("authorities of client certificates, PEM; callers must then bring one"),
  reloadMs: z.int().min(100).max(86_400_000).default(10_000).describe("how often the files are looked at"),
});

export type TlsConfig = z.output<typeof tlsSchema>;

interface Files {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  readonly ca: Buffer | undefined;
}

export interface TlsFiles {
  readonly credentials: ServerCredentials;
  /** When the certificate in use ends. */
  readonly validUntil: Date;
  /** Stops looking at the files. */
  close(): void;
}

type Listener<T> = (update: T) => void;

/** Credentials of `config`. Throws where the files cannot be used; `onReload` hears of every later change, with what was wrong. */
export function tlsFromFiles(config: TlsConfig, onReload: (problem?: string) => void): TlsFiles {
  let files = readFiles(config);
  const identity = new Set<Listener<experimental.IdentityCertificateUpdate | null>>();
  const authorities = new Set<Listener<experimental.CaCertificateUpdate | null>>();
  const tell = () => {
    for (const listener of identity) listener(files);
    for (const listener of authorities) listener(files.ca ? { caCertificate: files.ca } : null);
  };
  const provider: experimental.CertificateProvider = {
    addIdentityCertificateListener: (listener) => {
      identity.add(listener);
      process.nextTick(() => identity.has(listener) && listener(files));
    },
    removeIdentityCertificateListener: (listener) => identity.delete(listener),
    addCaCertificateListener: (listener) => {
      authorities.add(listener);
      process.nextTick(() => authorities.has(listener) && listener(files.ca ? { caCertificate: files.ca } : null));
    },
    removeCaCertificateListener: (listener) => authorities.delete(listener),
  };
  let refused: Files | undefined;
  const timer = setInterval(() => {
    let found: Files | undefined;
    try {
      found = readFiles(config);
      if (same(found, files)) return;
      files = found;
      tell();
      onReload();
    } catch (error) {
      // The same trouble is told once.
      if (found && refused && same(found, refused)) return;
      refused = found;
      onReload((error as Error).message);
    }
  }, config.reloadMs).unref();
  return {
    // The declaration of 1.14 names the two providers in the wrong order: the first gives the server's identity.
    credentials: experimental.createCertificateProviderServerCredentials(
      provider,
      config.clientCaFile === undefined ? null : provider,
      config.clientCaFile !== undefined,
    ),
    get validUntil() {
      return new Date(new X509Certificate(files.certificate).validTo);
    },
    close: () => clearInterval(timer),
  };
}

/** Reads the files and makes sure that they work together. */
function readFiles({ certFile, keyFile, clientCaFile }: TlsConfig): Files {
  const files = {
    certificate: readFileSync(certFile),
    privateKey: readFileSync(keyFile),
    ca: clientCaFile === undefined ? undefined : readFileSync(clientCaFile),
  };
  try {
    createSecureContext({ cert: files.certificate, key: files.privateKey, ...(files.ca && { ca: files.ca }) });
    if (files.ca) new X509Certificate(files.ca);
  } catch (error) {
    throw new Error(`${certFile}, ${keyFile}: ${(error as Error).message}`);
  }
  return files;
}

function same(a: Files, b: Files): boolean {
  const bytes = ({ certificate, privateKey, ca }: Files) => [certificate, privateKey, ca ?? Buffer.alloc(0)];
  const others = bytes(b);
  return bytes(a).every((one, index) => one.equals(others[index]!));
}
