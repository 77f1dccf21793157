// Reads home healthcare instances in the JSON of Ceschia et al. 2026 (doi 10.1111/itor.70140), and says which of them can be stated.
import { z } from "zod";

const minutes = z.number().min(0);
const index = z.int().min(0);
const span = z.object({ start: minutes, end: minutes });

const schema = z.object({
  metadata: z.object({
    time_window_met: z.enum(["at_service_start", "at_service_end"]),
    cost_components: z.record(z.string(), z.union([z.number().min(0), z.literal("HARD")])),
  }),
  /** Minutes, row = from; real ones are not symmetric. */
  distances: z.array(z.array(minutes)),
  terminal_points: z.array(z.object({ id: z.string(), distance_matrix_index: index })),
  caregivers: z
    .array(
      z.object({
        id: z.string(),
        abilities: z.array(z.string()),
        departing_point: z.string(),
        arrival_point: z.string(),
        working_shift: span,
      }),
    )
    .min(1),
  patients: z.array(
    z.object({
      id: z.string(),
      required_services: z.array(z.object({ service: z.string(), duration: minutes })).min(1),
      distance_matrix_index: index,
      time_windows: z.array(span).min(1),
      incompatible_caregivers: z.array(z.string()).default([]),
    }),
  ),
});

/** A caregiver; numbers count from 1 in the order of the file. */
export interface Caregiver {
  readonly number: number;
  readonly abilities: readonly string[];
  /** Rows of the matrix. */
  readonly from: number;
  readonly to: number;
  /** First departure and last return, minutes. */
  readonly start: number;
  readonly end: number;
}

/** A visit of one service; numbers count from 1 in the order of the file. */
export interface Patient {
  readonly number: number;
  readonly service: string;
  /** Minutes. */
  readonly duration: number;
  /** Row of the matrix. */
  readonly row: number;
  /** Service may begin in one of them, both ends inclusive, minutes; where it must end in a window, its length is taken off here. */
  readonly windows: readonly { readonly start: number; readonly end: number }[];
  /** Numbers of the caregivers who must not come. */
  readonly incompatible: readonly number[];
}

export interface UhhcInstance {
  readonly caregivers: readonly Caregiver[];
  readonly patients: readonly Patient[];
  /** Minutes, row = from. */
  readonly travel: readonly (readonly number[])[];
}

/** Parts of the published objective that can be stated: travel alone, with windows and shifts kept. */
const STATED: Readonly<Record<string, number | "HARD">> = {
  travel_time: 1,
  total_tardiness: "HARD",
  total_extra_time: "HARD",
};

/** Why the instance in `text` cannot be stated in full; undefined: it can. Throws where the text breaks the format. */
export function uhhcUnsupported(text: string): string | undefined {
  const { metadata, patients } = read(text);
  if (patients.some(({ required_services: services }) => services.length > 1))
    return "patients with two services, at once, in sequence or by two caregivers";
  const unstated = Object.entries(metadata.cost_components)
    .filter(([name, weight]) => STATED[name] !== weight)
    .map(([name]) => name);
  return unstated.length === 0 ? undefined : `no measure for the weights of ${unstated.sort().join(", ")}`;
}

/** Reads an instance that can be stated; throws with the field and the value where the text breaks the format, or says why it cannot. */
export function parseUhhc(text: string): UhhcInstance {
  const unsupported = uhhcUnsupported(text);
  if (unsupported !== undefined) throw new Error(`the instance is not supported: ${unsupported}`);
  const { metadata, distances, terminal_points, caregivers, patients } = read(text);
  const size = distances.length;
  distances.forEach((row, at) => {
    if (row.length !== size) throw new Error(`distances.${at}: ${row.length} values, expected ${size}`);
  });
  const rowOf = (field: string, value: number) => {
    if (value >= size) throw new Error(`${field}: row ${value}, the matrix has ${size}`);
    return value;
  };
  const terminals = new Map(
    terminal_points.map(({ id, distance_matrix_index }, at) => [
      id,
      rowOf(`terminal_points.${at}.distance_matrix_index`, distance_matrix_index),
    ]),
  );
  const terminalOf = (field: string, id: string) => {
    const row = terminals.get(id);
    if (row === undefined) throw new Error(`${field}: no terminal point "${id}"`);
    return row;
  };
  const numbers = new Map(caregivers.map(({ id }, at) => [id, at + 1]));
  return {
    travel: distances,
    caregivers: caregivers.map(({ abilities, departing_point, arrival_point, working_shift }, at) => ({
      number: at + 1,
      abilities,
      from: terminalOf(`caregivers.${at}.departing_point`, departing_point),
      to: terminalOf(`caregivers.${at}.arrival_point`, arrival_point),
      ...ordered(`caregivers.${at}.working_shift`, working_shift),
    })),
    patients: patients.map((patient, at) => {
      const { service, duration } = patient.required_services[0]!;
      const shorter = metadata.time_window_met === "at_service_end" ? duration : 0;
      return {
        number: at + 1,
        service,
        duration,
        row: rowOf(`patients.${at}.distance_matrix_index`, patient.distance_matrix_index),
        windows: patient.time_windows.map(({ start, end }, which) =>
          ordered(`patients.${at}.time_windows.${which}`, { start, end: end - shorter }),
        ),
        incompatible: patient.incompatible_caregivers.map((id) => {
          const number = numbers.get(id);
          if (number === undefined) throw new Error(`patients.${at}.incompatible_caregivers: no caregiver "${id}"`);
          return number;
        }),
      };
    }),
  };
}

function read(text: string): z.infer<typeof schema> {
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

function ordered(field: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  if (end < start) throw new Error(`${field}: the last moment ${end} is before the first, ${start}`);
  return { start, end };
}
