// Stops that stay where they are because a locked meeting needs them: in both routes up to the meeting and a service, and up to the order that it is for.
import { isEligible } from "./explain/pair.ts";
import type { GivenStop, Problem, ProblemEngineer, ProblemShift } from "./model/problem.ts";

interface Route {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  readonly stops: readonly GivenStop[];
  /** Stops that stay. */
  held: number;
}

const isMeeting = ({ kind }: GivenStop) => kind === "loan";

/** The problem with those stops tied; the same one where no meeting is locked. */
export function tieStops(problem: Problem): Problem {
  if (!problem.engineers.some(({ shifts }) => shifts.some(({ chain }) => chain.some(isMeeting)))) return problem;
  const routes: Route[] = problem.engineers.flatMap((engineer) =>
    engineer.shifts.map((shift) => ({
      engineer,
      shift,
      stops: [...shift.chain, ...shift.warm],
      held: shift.chain.length,
    })),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const route of routes)
      for (const given of route.stops.slice(0, route.held))
        if (given.kind === "loan" && hold(routes, given)) grown = true;
  }
  if (routes.every(({ shift, held }) => held === shift.chain.length)) return problem;
  const tied = new Map(routes.map((route) => [route.shift, route]));
  return {
    ...problem,
    engineers: problem.engineers.map((engineer) => ({
      ...engineer,
      shifts: engineer.shifts.map((shift) => {
        const { stops, held } = tied.get(shift)!;
        const isThere = (given: GivenStop) => mayStay(problem, engineer, shift, given);
        return { ...shift, tied: stops.slice(shift.chain.length, held).filter(isThere), warm: stops.slice(held) };
      }),
    })),
  };
}

/** Holds what the meeting of `given` needs; false when it is held already. */
function hold(routes: readonly Route[], { meeting }: Extract<GivenStop, { kind: "loan" }>): boolean {
  let grown = false;
  for (const route of routes) {
    const index = route.stops.findIndex((stop) => stop.kind === "loan" && stop.meeting === meeting);
    if (index < 0) continue;
    const service = route.stops.findIndex((stop, at) => at > index && stop.kind === "order");
    const order = route.stops.findIndex((stop) => stop.kind === "order" && stop.orderId === meeting.orderId);
    const held = Math.max(index, service, order) + 1;
    if (held <= route.held) continue;
    route.held = held;
    grown = true;
  }
  return grown;
}

function mayStay(problem: Problem, engineer: ProblemEngineer, shift: ProblemShift, given: GivenStop): boolean {
  if (given.kind === "break") return shift.breaks.some(({ index }) => index === given.breakIndex);
  if (given.kind !== "order") return true;
  const order = problem.orders.find(({ id }) => id === given.orderId);
  return order !== undefined && isEligible({ problem, order, engineer });
}
