/**
 * Why a workbook that can be read cannot be marked in place:
 * - strict: Strict Open XML, which knows no comment boxes;
 * - encoding: a part is not UTF-8;
 * - styles: no room for another cell style.
 */
export type UnmarkableCode = 'strict' | 'encoding' | 'styles'

/** Carries the reason up to `markWorkbook`, which turns it into a value. */
export class UnmarkableError extends Error {
  readonly code: UnmarkableCode

  constructor(code: UnmarkableCode) {
    super(code)
    this.code = code
  }
}
