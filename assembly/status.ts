// Status codes that the exports return; 0 is ok, the host maps the others to errors.

export const STATUS_OK: i32 = 0;
export const STATUS_BAD_MAGIC: i32 = 1;
export const STATUS_BAD_VERSION: i32 = 2;
/** The stops locked at the head of a route cannot be served in time; the route row is in `failedRoute`. */
export const STATUS_LOCKS_INFEASIBLE: i32 = 3;
/** Nothing left to do: no order can move. */
export const STATUS_FINISHED: i32 = 4;
/** Plus the index of the column whose length or place is wrong. */
export const STATUS_BAD_COLUMN: i32 = 1000;
