// The published cost of a home healthcare plan, travel minutes, recomputed without the solver.
import { type NumberedRoute, numberingProblems } from "./published-cost.ts";
import { parseUhhc, type UhhcInstance } from "./uhhc-instance.ts";

/**
 * Travel minutes of `routes` over the instance in `text`, and every broken rule in words: windows, return in the shift, abilities,
 * incompatible caregivers, known caregivers, each patient at most once. Patients left out are no problem here.
 */
export function uhhcCost(
  text: string,
  routes: readonly NumberedRoute[],
): { travel: number; valid: boolean; problems: string[] } {
  const instance = parseUhhc(text);
  const problems = numberingProblems(routes, instance.caregivers.length, 1, instance.patients.length);
  let travel = 0;
  if (problems.length === 0) for (const route of routes) travel += minutesOf(instance, route, problems);
  return { travel, valid: problems.length === 0, problems };
}

/** Travel of one route; adds what is wrong with it to `problems`. */
function minutesOf(instance: UhhcInstance, { engineer, visits }: NumberedRoute, problems: string[]): number {
  if (visits.length === 0) return 0;
  const caregiver = instance.caregivers[engineer - 1]!;
  const wrong = (text: string) => problems.push(`engineer ${engineer}: ${text}`);
  let [at, time, travel] = [caregiver.from, caregiver.start, 0];
  for (const visit of visits) {
    const patient = instance.patients[visit - 1];
    if (!patient) {
      wrong(`a visit to ${visit}, which is no patient`);
      continue;
    }
    const leg = instance.travel[at]![patient.row]!;
    const ready = time + leg;
    // The first window that is still open when the caregiver is there.
    const window = patient.windows.find(({ end }) => ready <= end);
    if (!window) wrong(`${visit} begins at ${ready}, at most ${patient.windows.at(-1)!.end}`);
    if (!caregiver.abilities.includes(patient.service)) wrong(`${visit} needs ${patient.service}`);
    if (patient.incompatible.includes(engineer)) wrong(`${visit} is incompatible`);
    [at, time, travel] = [patient.row, Math.max(ready, window?.start ?? ready) + patient.duration, travel + leg];
  }
  const leg = instance.travel[at]![caregiver.to]!;
  if (time + leg > caregiver.end) wrong(`back at ${time + leg}, at most ${caregiver.end}`);
  return travel + leg;
}
