/** 机构级别, from the ministry down. */
export const ORG_LEVELS = ['ministry', 'province', 'city', 'county', 'school'] as const

/** One level of the tree of organisations. */
export type OrgLevel = (typeof ORG_LEVELS)[number]

/**
 * A half-open range of paths `[from, to)` under collation "C": everything an actor may see. Every scoped table carries
 * `org_path`, so one B-tree serves every level (architecture §4).
 */
export type PathRange = { readonly from: string; readonly to: string }

/** Path of the ministry: the empty prefix of all paths. */
export const MINISTRY_PATH = ''

/** Path of a province (2 digits), city (4) or county (6) from its GB/T 2260 code. */
export function regionPath(regionCode: string): string {
  if (regionCode.endsWith('0000')) return regionCode.slice(0, 2)
  return regionCode.endsWith('00') ? regionCode.slice(0, 4) : regionCode
}

/** Path of a school under its authority: `440202:2144000001`; the colon sorts after every digit, so city schools follow the counties. */
export const schoolPath = (authorityPath: string, schoolCode: string): string => `${authorityPath}:${schoolCode}`

/** The range of an organisation: itself and all below it. */
export function rangeOf(path: string): PathRange {
  if (path === MINISTRY_PATH) return { from: '', to: '~' }
  const last = path.length - 1
  return { from: path, to: path.slice(0, last) + String.fromCharCode(path.charCodeAt(last) + 1) }
}

/** True when `path` lies inside the range. */
export const isWithin = (range: PathRange, path: string): boolean => path >= range.from && path < range.to
