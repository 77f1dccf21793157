// Finds routes of negative reduced cost, or proves that there are none: labels go forward in time and dominated ones end
// (Desrochers, Desrosiers & Solomon 1992; free departure as in Tilk & Irnich 2017).
import { NEVER } from "../layout.ts";
import { bucketWidth, type Completion, completionOf } from "./completion.ts";
import { Labels } from "./labels.ts";
import type { Neighbourhoods } from "./memory.ts";
import type { Network } from "./network.ts";
import { type Reach, reachOf } from "./reach.ts";
import type { Prices } from "./weights.ts";

/** What pricing one network brings. */
export interface Priced {
  /** Order rows of routes that cost less than the threshold: the best that ends at each order. */
  readonly routes: number[][];
  /** No route costs less than this; undefined where the search was not exhaustive. */
  readonly least: number | undefined;
}

/** Labels between two looks at the clock. */
const POLL_LABELS = 2048;

/** Prices the routes of one network; its tables serve every call. */
export class Pricer {
  readonly network: Network;
  readonly #reach: Reach;
  readonly #width: number | undefined;
  readonly #hoods: Neighbourhoods;
  readonly #overtimeOn: boolean;
  #arcCost: Float64Array;
  #lastCost: Float64Array;
  #constant = 0;
  #work = 0;
  #soft = 0;
  #going: Completion | undefined;
  #waiting: Completion | undefined;

  constructor(network: Network, hoods: Neighbourhoods, overtimeOn: boolean) {
    this.network = network;
    this.#hoods = hoods;
    this.#overtimeOn = overtimeOn;
    this.#reach = reachOf(network, hoods.words);
    this.#width = bucketWidth(network);
    this.#arcCost = new Float64Array(network.arcTo.length);
    this.#lastCost = new Float64Array(network.orders + 2);
  }

  /** Takes over new prices. Returns a lower bound of every route's reduced cost, undefined where steps take no time. */
  setPrices({ distance, travel, work, soft, engineer, duals }: Prices): number | undefined {
    const { network } = this;
    const { orders, start, arcTo, arcTicks, arcTravel, arcDistance, service, pairCost } = network;
    for (let arc = 0; arc < arcTo.length; arc++) {
      const to = arcTo[arc]!;
      this.#arcCost[arc] =
        distance * arcDistance[arc]! +
        travel * arcTravel[arc]! +
        work * (arcTicks[arc]! + service[to]!) +
        soft * pairCost[to]! -
        duals[to]!;
    }
    for (let node = 0; node < orders; node++)
      this.#lastCost[node] =
        distance * network.lastDistance[node]! + travel * network.lastTravel[node]! + work * network.lastTicks[node]!;
    this.#work = work;
    this.#soft = soft;
    this.#constant = Math.floor(engineer / network.shifts) - work * network.unpaid;
    if (this.#width === undefined) return undefined;
    this.#going = completionOf(network, this.#width, this.#arcCost, this.#lastCost, 0);
    this.#waiting = work > 0 ? completionOf(network, this.#width, this.#arcCost, this.#lastCost, work) : undefined;
    return this.#constant + this.#going.least[start * this.#going.buckets]!;
  }

  /**
   * Routes that cost less than `threshold` (<= 0). A quick search forgets visited orders and loads when it compares labels: it may
   * miss routes. `stopped` is asked now and then and ends the search; so does `mostLabels`.
   */
  price(threshold: number, quick: boolean, mostLabels: number, stopped: () => boolean): Priced {
    const { network } = this;
    const { orders, start, earliest, latest, arcFirst, arcTo, arcTicks, lastTicks, service, dims, capacity } = network;
    const { windowFirst, windowStart, windowEnd } = network;
    const { words, bits } = this.#hoods;
    const { until, lost } = this.#reach;
    const [arcCost, lastCost, work, soft] = [this.#arcCost, this.#lastCost, this.#work, this.#soft];
    const [going, waiting] = [this.#going, this.#waiting];
    const width = going?.width ?? 1;
    const completionBuckets = going?.buckets ?? 0;
    const labels = new Labels(dims, words);
    const head = new Int32Array(orders + 2).fill(-1);

    // Labels wait in buckets of time; within one they are taken in the order they came.
    const span = latest - earliest + 1;
    const slot = Math.max(1, Math.ceil(span / 4096));
    const queues = Math.floor(span / slot) + 1;
    const queueHead = new Int32Array(queues).fill(-1);
    const queueTail = new Int32Array(queues).fill(-1);

    const bestEnd = new Float64Array(orders).fill(threshold);
    const bestLabel = new Int32Array(orders).fill(-1);

    let { node, parent, time, late, cost, base, next, queued, dominated, load, memory, blocked } = labels;
    const first = labels.count++;
    node[first] = start;
    parent[first] = -1;
    time[first] = earliest;
    late[first] = network.leaveLatest;
    cost[first] = this.#constant;
    base[first] = this.#constant - work * network.leaveLatest;
    queued[first] = -1;
    queueHead[0] = first;
    queueTail[0] = first;
    const scratch = new Int32Array(words);
    let poll = 0;
    let complete = true;

    search: for (let queue = 0; queue < queues; queue++) {
      for (let from = queueHead[queue]!; from >= 0; from = queued[from]!) {
        if (dominated[from]) continue;
        if (labels.count - poll >= POLL_LABELS) {
          poll = labels.count;
          if (labels.count > mostLabels || stopped()) {
            complete = false;
            break search;
          }
        }
        const at = node[from]!;
        const rowsOut = arcFirst[at + 1]! - arcFirst[at]!;
        if (labels.reserve(rowsOut * 4 + 64))
          ({ node, parent, time, late, cost, base, next, queued, dominated, load, memory, blocked } = labels);
        for (let arc = arcFirst[at]!; arc < arcFirst[at + 1]!; arc++) {
          const to = arcTo[arc]!;
          if ((memory[from * words + (to >> 5)]! >>> (to & 31)) & 1) continue;
          const arrival = time[from]! + arcTicks[arc]!;
          const lateArrival = late[from]! + arcTicks[arc]!;
          let fits = true;
          for (let dim = 0; dim < dims; dim++)
            if (load[from * dims + dim]! + network.load[to * dims + dim]! > capacity[dim]!) fits = false;
          if (!fits) continue;
          for (let row = windowFirst[to]!; row < windowFirst[to + 1]!; row++) {
            const close = windowEnd[row]!;
            if (arrival > close) continue;
            const open = windowStart[row]!;
            const ready = Math.max(arrival, open) + service[to]!;
            const wait = Math.max(0, open - lateArrival);
            const leave = Math.max(open, Math.min(lateArrival, close)) + service[to]!;
            const reduced = cost[from]! + arcCost[arc]! + work * wait;
            const grounded = reduced - work * leave;
            if (completionBuckets > 0) {
              const bucket = Math.floor((ready - earliest) / width);
              const cell = to * completionBuckets + bucket;
              if (reduced + going!.least[cell]! >= threshold) continue;
              if (
                waiting !== undefined &&
                grounded + work * (earliest + bucket * width) + waiting.least[cell]! >= threshold
              )
                continue;
            }
            // Dominance by labels that cost no more.
            const lostRow = lostAt(until, to, orders, ready) * words;
            for (let word = 0; word < words; word++)
              scratch[word] =
                (memory[from * words + word]! & bits[to * words + word]!) | (word === to >> 5 ? 1 << (to & 31) : 0);
            let before = -1;
            let other = head[to]!;
            let worse = false;
            while (other >= 0 && cost[other]! <= reduced) {
              if (time[other]! <= ready && base[other]! <= grounded) {
                worse = true;
                if (!quick) {
                  for (let dim = 0; dim < dims; dim++)
                    if (load[other * dims + dim]! > load[from * dims + dim]! + network.load[to * dims + dim]!)
                      worse = false;
                  for (let word = 0; worse && word < words; word++)
                    if (memory[other * words + word]! & ~(scratch[word]! | lost[lostRow + word]!)) worse = false;
                }
                if (worse) break;
              }
              before = other;
              other = next[other]!;
            }
            if (worse) continue;
            if (labels.reserve(1))
              ({ node, parent, time, late, cost, base, next, queued, dominated, load, memory, blocked } = labels);
            const label = labels.count++;
            node[label] = to;
            parent[label] = from;
            time[label] = ready;
            late[label] = leave;
            cost[label] = reduced;
            base[label] = grounded;
            dominated[label] = 0;
            for (let dim = 0; dim < dims; dim++)
              load[label * dims + dim] = load[from * dims + dim]! + network.load[to * dims + dim]!;
            for (let word = 0; word < words; word++) {
              memory[label * words + word] = scratch[word]!;
              blocked[label * words + word] = scratch[word]! | lost[lostRow + word]!;
            }
            next[label] = other;
            if (before < 0) head[to] = label;
            else next[before] = label;
            // Labels that cost as much or more may be dominated by it.
            let previous = label;
            for (let later = other; later >= 0; later = next[later]!) {
              let better = ready <= time[later]! && grounded <= base[later]!;
              if (better && !quick) {
                for (let dim = 0; dim < dims; dim++)
                  if (load[label * dims + dim]! > load[later * dims + dim]!) better = false;
                for (let word = 0; better && word < words; word++)
                  if (scratch[word]! & ~blocked[later * words + word]!) better = false;
              }
              if (better) {
                dominated[later] = 1;
                next[previous] = next[later]!;
              } else previous = later;
            }
            const place = Math.floor((ready - earliest) / slot);
            queued[label] = -1;
            if (queueHead[place]! < 0) queueHead[place] = label;
            else queued[queueTail[place]!] = label;
            queueTail[place] = label;
            // Home from here.
            if (lastTicks[to]! < NEVER) {
              const back = ready + lastTicks[to]!;
              if (back <= latest) {
                const over =
                  this.#overtimeOn && back > network.shiftEnd ? Math.floor((back - network.shiftEnd) / 2) : 0;
                const total = reduced + lastCost[to]! + soft * over;
                if (total < bestEnd[to]!) {
                  bestEnd[to] = total;
                  bestLabel[to] = label;
                }
              }
            }
            if (work === 0) break;
          }
        }
      }
    }
    const ends = [...bestLabel.keys()].filter((order) => bestLabel[order]! >= 0);
    ends.sort((a, b) => bestEnd[a]! - bestEnd[b]! || a - b);
    return {
      routes: ends.map((order) => labels.sequence(bestLabel[order]!, network)),
      least: complete && !quick ? Math.min(threshold, ...ends.map((order) => bestEnd[order]!)) : undefined,
    };
  }
}

/** Index of the row of lost orders for leaving `node` at `time`: how many latest times have passed. */
function lostAt(until: Int32Array, node: number, orders: number, time: number): number {
  const base = node * (orders + 1);
  let low = 0;
  let high = orders;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (until[base + middle]! < time) low = middle + 1;
    else high = middle;
  }
  return base + low;
}
