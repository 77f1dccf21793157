// shanpai serve: the gRPC server, until SIGTERM or SIGINT.
import { z } from "zod";
import { type Config, readConfig } from "../../server/config.ts";
import { RequestError } from "../../server/errors.ts";
import { runServer } from "../../server/main.ts";
import { EXIT, UsageError } from "../failure.ts";
import { file, parseOptions, whole } from "../options.ts";

const schema = z.object({
  port: whole(0, 65_535).optional(),
  host: z.string().min(1, "must not be empty").optional(),
  workers: whole(1, 64).optional(),
  metricsPort: whole(0, 65_535).optional(),
  config: file.optional(),
  travel: file.optional(),
  roadEngines: z
    .string()
    .transform((list) => list.split(","))
    .optional(),
});

/** Serves until a signal ends it; returns the exit code. Rejects where the port cannot be had. */
export async function serve(raw: object): Promise<number> {
  const { config: path, ...flags } = parseOptions(schema, raw);
  let config: Config;
  try {
    config = readConfig(flags, path);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  await runServer(config).catch((error: Error) => {
    throw new RequestError("UNAVAILABLE", `cannot serve on ${config.host}:${config.port}: ${error.message}`);
  });
  return EXIT.ok;
}
