import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { numberText, padNumber } from './number-text.ts'

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['7', '7'],
  ['-12', '-12'],
  ['007', '7'],
  ['1E3', '1000'],
  ['1.5e+2', '150'],
  ['123456789012345', '123456789012345'],
  ['1.23456789012345E+14', '123456789012345'],
  ['85.099999999999994', '85.1'],
  ['0.30000000000000004', '0.3'],
  ['12.000000000000002', '12'],
  ['-0.5', '-0.5'],
  ['1E-7', '0.0000001'],
  ['1.5E-05', '0.000015'],
  ['100.10', '100.1'],
  ['.5', '0.5'],
  ['0.0', '0'],
  ['-0.50', '-0.5'],
  ['123.456', '123.456'],
  ['1234567.8901234', '1234567.8901234'],
])('%s shows as %s', (raw, text) => {
  expect(numberText(raw)).toEqual({ text, precisionLost: false })
})

test.each([
  ['1.10101199001011E+17', '110101199001011000'],
  ['110101199001011230', '110101199001011230'],
  ['1000000000000000', '1000000000000000'],
  ['-1E15', '-1000000000000000'],
  ['1.5E+16', '15000000000000000'],
])('%s has lost its end: %s', (raw, text) => {
  expect(numberText(raw)).toEqual({ text, precisionLost: true })
})

test.each(['', 'abc', '0x10', 'Infinity', '1E+999', '1e', '1 2', '--1', '.', 'e5'])(
  '%j is no number and stays',
  (raw) => {
    expect(numberText(raw)).toEqual({ text: raw, precisionLost: false })
  },
)

test('an enormous exponent does not make an enormous text', () => {
  expect(numberText('1E+999999999').text).toBe('1E+999999999')
})

test.each([
  ['7', 4, '0007'],
  ['12345', 4, '12345'],
  ['-7', 4, '-7'],
  ['1.5', 4, '1.5'],
])('%s in %i digits is %s', (text, digits, padded) => {
  expect(padNumber(text, digits)).toBe(padded)
})

test('every number is shown with 15 digits at most and without exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e14, max: 1e14 }), (n) => {
      const { text, precisionLost } = numberText(String(n))
      expect(Number(text)).toBe(Number(n.toPrecision(15)))
      expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
      expect(precisionLost).toBe(false)
    }),
  )
})
