import { MINISTRY_PATH } from '../../organization/org-path.ts'

const REGION_LENGTHS = [6, 4, 2]

/**
 * Paths of the bureaus above all these schools, the lowest first, the ministry last (PROB-017, flows §4.3). A municipality has no bureau between
 * county and province, so the caller takes the first that exists. One school alone, or two of one county: its authority.
 */
export function commonSuperiors(schoolPaths: readonly string[]): readonly string[] {
  const authorities = schoolPaths.map((path) => path.split(':')[0]!)
  const [first = ''] = authorities
  const shared = REGION_LENGTHS.filter(
    (length) => first.length >= length && authorities.every((path) => path.startsWith(first.slice(0, length))),
  ).map((length) => first.slice(0, length))
  return [...shared, MINISTRY_PATH]
}

/** True when the parties belong to more than one province (PROB-002). */
export const isCrossProvince = (orgPaths: readonly string[]): boolean =>
  new Set(orgPaths.map((path) => path.slice(0, 2))).size > 1
