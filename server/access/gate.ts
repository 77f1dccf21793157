// The gate before every call: who it is and whether the quota allows it, decided before the message is read.
import {
  type Metadata,
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
} from "@grpc/grpc-js";
import { RequestError } from "../errors.ts";
import { statusOf } from "../status-details.ts";
import { bearerToken, type Caller, claimedTenant, tenantOfCertificate } from "./caller.ts";
import type { Quotas } from "./quotas.ts";
import type { VerifyToken } from "./tokens.ts";

export interface GateOptions {
  readonly quotas: Quotas;
  /** Absent: callers need no token. */
  readonly verifyToken?: VerifyToken;
  /** Callers bring a certificate that TLS has verified. */
  readonly certificates: boolean;
  /** Hears of every call that is turned away. */
  readonly onRefused: (path: string, error: RequestError) => void;
}

export interface Gate {
  readonly interceptor: ServerInterceptor;
  /** Whose call it is; the caller of calls that need none is empty. */
  callerOf(call: { readonly metadata: Metadata }): Caller;
  /** Calls under way. */
  readonly inFlight: number;
  /** From now on new calls are UNAVAILABLE; resolves when no call is under way. */
  close(): Promise<void>;
}

/** Whoever looks after the server needs no token to ask whether it lives, and keeps nobody waiting. */
const isOpen = (path: string) => path.startsWith("/grpc.health.v1.");
/** A stream of questions that may stay open for ever. */
const isEndless = (path: string) => path.startsWith("/grpc.reflection.");
const NOBODY: Caller = { name: "", share: 1 };

export function createGate({ quotas, verifyToken, certificates, onRefused }: GateOptions): Gate {
  // Keyed by the call's own metadata, so that no caller can write it.
  const callers = new WeakMap<Metadata, Caller>();
  let inFlight = 0;
  let closed = false;
  let becameIdle = () => {};

  async function tenantOf(metadata: Metadata, call: Parameters<ServerInterceptor>[1]): Promise<string> {
    if (verifyToken) {
      const token = bearerToken(metadata);
      if (token === undefined)
        throw new RequestError("UNAUTHENTICATED", 'a token is needed: metadata "authorization: Bearer ..."');
      const tenant = await verifyToken(token);
      if (tenant === undefined) throw new RequestError("UNAUTHENTICATED", "the token is not valid here");
      return tenant;
    }
    if (!certificates) return claimedTenant(metadata);
    const certificate = call.getAuthContext().sslPeerCertificate;
    const tenant = certificate && tenantOfCertificate(certificate);
    if (tenant === undefined) throw new RequestError("UNAUTHENTICATED", "the client certificate names nobody");
    return tenant;
  }

  /** Lets a call in; returns what is done at its end. */
  async function enter(path: string, metadata: Metadata, call: Parameters<ServerInterceptor>[1]): Promise<() => void> {
    if (isOpen(path)) return () => {};
    if (closed) throw new RequestError("UNAVAILABLE", "the server is shutting down");
    const name = await tenantOf(metadata, call);
    if (isEndless(path)) return () => {};
    const leave = quotas.enter(name);
    callers.set(metadata, { name, share: quotas.shareOf(name) });
    inFlight++;
    let left = false;
    return () => {
      leave();
      if (left) return;
      left = true;
      inFlight--;
      if (inFlight === 0) becameIdle();
    };
  }

  const interceptor: ServerInterceptor = ({ path }, call) => {
    let ended = false;
    let leave = () => {};
    const end = () => {
      ended = true;
      leave();
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        enter(path, metadata, call).then(
          (leaving) => {
            leave = leaving;
            // Gone while its token was looked at.
            if (ended) leave();
            next(metadata);
          },
          (thrown) => {
            const error =
              thrown instanceof RequestError ? thrown : new RequestError("INTERNAL", "the call could not be let in");
            onRefused(path, error);
            call.sendStatus(statusOf(error));
          },
        );
      })
      .withOnCancel(end)
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((sent, next) => {
        end();
        next(sent);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };

  return {
    interceptor,
    callerOf: ({ metadata }) => callers.get(metadata) ?? NOBODY,
    get inFlight() {
      return inFlight;
    },
    close: () => {
      closed = true;
      return new Promise((resolve) => {
        becameIdle = resolve;
        if (inFlight === 0) resolve();
      });
    },
  };
}
