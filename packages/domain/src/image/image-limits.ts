/** Evidence (证明材料, fields 1.8): at most two megabytes a picture. */
export const EVIDENCE_BYTES = 2 * 1024 * 1024

/** Pixels a picture may have: more than any telephone puts into two megabytes, and few enough to be held in memory. */
export const MOST_PIXELS = 40_000_000
