// What the host gives the core.

/** Not 0 when the caller has gone or the deadline has passed; asked in steps that are long on large problems. */
export declare function shouldStop(): i32;
