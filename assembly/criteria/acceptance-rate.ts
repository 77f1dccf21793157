// acceptance_rate: offers accepted, against what peers accept of like offers. Soft; who declined this very order is not asked again: hard.
// Business reason: picking only the easy orders must not pay.
import {
  acceptanceCases,
  acceptancePrior,
  acceptanceWeight,
  declinedHard,
  engineerAccepted,
  engineerOffers,
  engineerPeersAccepted,
  engineerPeersOffers,
  neutralScore,
  orderPreferenceFirst,
  preferenceEngineer,
  preferenceKind,
} from "../gen/layout";
import { at } from "../memory/cells";
import { FAILS_ACCEPTANCE } from "./masks";
import { orCell } from "./rows";
import { costOfScore, FULL, rate } from "./score";

const DECLINED: i32 = 5;

/** Ticks of the engineer's acceptance. */
export function acceptanceRate(engineer: i32): i32 {
  return costOfScore(acceptanceWeight, score(engineer));
}

function score(engineer: i32): i32 {
  const accepted = at(engineerAccepted, engineer);
  if (accepted < 0) return neutralScore;
  const peersAccepted = at(engineerPeersAccepted, engineer);
  const peers = rate(peersAccepted, at(engineerPeersOffers, engineer), acceptanceCases, acceptancePrior);
  // Few offers say little: they are shrunk to what peers do.
  const own = rate(accepted, at(engineerOffers, engineer), acceptanceCases, peers);
  return own >= peers ? FULL : (FULL * own) / peers;
}

/** Rules out who declined the order. */
export function acceptanceExclusions(order: i32, masks: usize): void {
  if (declinedHard != 1) return;
  const end = at(orderPreferenceFirst, order + 1);
  for (let row = at(orderPreferenceFirst, order); row < end; row++)
    if (at(preferenceKind, row) == DECLINED) orCell(masks, at(preferenceEngineer, row), FAILS_ACCEPTANCE);
}
