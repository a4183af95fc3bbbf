/** What a workbook may cost before it is refused. */
export type Limits = {
  /** Files inside the zip. */
  readonly entries: number
  /** Bytes of all of them unpacked, and so of any one. */
  readonly uncompressedBytes: number
  /** Unpacked ÷ packed size of one entry … */
  readonly ratio: number
  /** … looked at only above this unpacked size, where it begins to matter. */
  readonly ratioFromBytes: number
  /** Bytes of a part that is held whole: relations, styles, the list of sheets. */
  readonly partBytes: number
  /** Cell places handed out per sheet, gaps to the left of a cell included. */
  readonly cells: number
}

export const DEFAULT_LIMITS: Limits = {
  entries: 200,
  uncompressedBytes: 512 * 1024 * 1024,
  ratio: 100,
  ratioFromBytes: 4 * 1024 * 1024,
  partBytes: 32 * 1024 * 1024,
  cells: 50_000_000,
}
