// Codes of everything a request can be refused for; docs/errors.md has a heading for each.

/** Code and its meaning in one sentence. */
export const VIOLATION_CODES = {
  REQUIRED: "A field that must be given is absent or empty.",
  WRONG_TYPE: "A field holds a value of another type; it cannot come from the wire or from JSON.",
  OUT_OF_RANGE: "A number lies outside its range or is not a number.",
  UNKNOWN_ENUM: "An enumeration holds a number that this version does not know or does not accept here.",
  TOO_MANY: "A list is longer than its limit.",
  INVALID_ID: "An id is longer than 128 bytes of UTF-8 or is not well-formed Unicode.",
  DUPLICATE: "Something that must be unique in its list occurs twice.",
  UNKNOWN_ENGINEER: "An id names no engineer of the request.",
  UNKNOWN_ORDER: "An id names no order of the request.",
  UNKNOWN_CENTRE: "An id names no operating centre of the request.",
  UNKNOWN_CRITERION: "An id names no criterion of the catalogue.",
  UNKNOWN_SHIFT: "A shift index is beyond the engineer's shifts.",
  UNKNOWN_BREAK: "A break index is beyond the shift's breaks.",
  UNKNOWN_TIME_ZONE: "A time zone is not in the IANA database.",
  UNKNOWN_CURRENCY: "A currency code is not in ISO 4217.",
  INVALID_LANGUAGE: "A language tag is not well formed by BCP 47.",
  INVALID_CELL: "A territory cell is not a valid H3 cell or has another resolution than the first of its list.",
  INVALID_TIME: "A timestamp or duration breaks the rules of google.protobuf.",
  NOT_WHOLE_TICKS: "A time or duration is not a whole number of ticks.",
  WINDOW_REVERSED: "A window ends before it starts.",
  OVERLAP: "Two windows of a list, or two shifts of an engineer, share a moment.",
  HORIZON: "The times of the request are too far apart.",
  PLACE_KIND: "A place is of another kind than the travel source or the other places ask for.",
  MATRIX_SIZE: "A matrix has the wrong number of values, or a place lies outside it.",
  MATRIX_VALUE: "A matrix holds a value it must not hold.",
  MATRIX_MISSING: "A vehicle mode in use has no matrix.",
  CONTRADICTION: "Two statements about the same engineer exclude each other.",
  NOT_ALLOWED: "A field is given where it has no meaning.",
  OVERFLOW: "Amounts together are too large for exact arithmetic.",
  LOCK_ORDER: "Locks of a route of the current plan are in an impossible order.",
  LOCKS_INFEASIBLE: "The locked stops of a route, or its way home after stops under way, cannot be kept in time.",
  UNSUPPORTED: "The contract reserves this; this version does not answer it.",
} as const;

export type ViolationCode = keyof typeof VIOLATION_CODES;
