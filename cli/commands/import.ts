// shanpai import: published instances as requests and as day files.
import { z } from "zod";
import { dayText } from "../../datasets/day/day-file.ts";
import { ladeDay } from "../../datasets/day/lade.ts";
import { serviceRequestDay } from "../../datasets/day/service-requests.ts";
import { euroNeuripsDay, trspDay } from "../../datasets/day/trsp-dynamic.ts";
import { euroNeuripsRequest } from "../../datasets/euro-neurips.ts";
import { solomonRequest } from "../../datasets/solomon.ts";
import { strspRequest } from "../../datasets/strsp.ts";
import { trspRequest } from "../../datasets/trsp.ts";
import { uhhcRequest } from "../../datasets/uhhc.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, readText, writeText } from "../files.ts";
import { file, oneOf, parseOptions, whole } from "../options.ts";

const REQUESTS = {
  solomon: solomonRequest,
  homberger: solomonRequest,
  trsp: trspRequest,
  "euro-neurips": euroNeuripsRequest,
  uhhc: uhhcRequest,
};

/** Formats that come in two files. */
const TWO_FILES: readonly string[] = ["trsp-dynamic", "euro-neurips-dynamic", "strsp"];

const schema = z.object({
  format: oneOf(
    "solomon",
    "homberger",
    "trsp",
    "euro-neurips",
    "uhhc",
    "strsp",
    "trsp-dynamic",
    "euro-neurips-dynamic",
    "lade",
    "service-requests",
  ),
  with: file.optional(),
  regions: z.string().min(1, "must not be empty").optional(),
  orders: whole(1, 50_000),
  engineers: whole(1, 10_000),
  seed: whole(0, 2 ** 32 - 1),
  output: file.optional(),
});
type Options = z.output<typeof schema>;

/** Reads the instance in `path` and writes it as a request or a day file; returns the exit code. */
export async function importInstance(formatName: string, path: string, raw: object): Promise<number> {
  const options = parseOptions(schema, { ...raw, format: formatName }, ["format"]);
  const twoFiles = TWO_FILES.includes(options.format);
  if (twoFiles !== (options.with !== undefined))
    throw new UsageError(`--with: ${twoFiles ? "is needed" : "is not read"} with ${options.format}`);
  const text = await readText(path);
  const other = options.with === undefined ? "" : await readText(options.with);
  let written: string;
  try {
    written = writtenAs(options, text, other);
  } catch (error) {
    const files = options.with === undefined ? path : `${path} with ${options.with}`;
    throw new UsageError(`${files} is not a ${options.format} instance: ${(error as Error).message}`);
  }
  await writeText(options.output, written);
  return EXIT.ok;
}

function writtenAs(options: Options, text: string, other: string): string {
  switch (options.format) {
    case "strsp":
      return jsonText(AssignRequestSchema, strspRequest(`${text}\n${other}`));
    case "trsp-dynamic":
      return dayText(trspDay(text, other));
    case "euro-neurips-dynamic":
      return dayText(euroNeuripsDay(text, other));
    case "lade":
      return dayText(ladeDay(text, { regions: options.regions?.split(",") }));
    case "service-requests":
      return dayText(serviceRequestDay(text, options));
    default:
      return jsonText(AssignRequestSchema, REQUESTS[options.format](text));
  }
}
