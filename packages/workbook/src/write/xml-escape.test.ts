import { expect, test } from 'vitest'
import { attributeXml, cellXml, cut, needsPreserve } from './xml-escape.ts'

test.each([
  ['学籍 aZ0 _a x_', '学籍 aZ0 _a x_'],
  ['<a & "b">', '&lt;a &amp; "b"&gt;'],
  ['a\tb\nc', 'a\tb\nc'],
  ['a\rb\r\nc', 'a_x000D_b_x000D_\nc'],
  ['\u0000\u001f\ufffe\uffff', '_x0000__x001F__xFFFE__xFFFF_'],
  ['\u007f\u0085', '\u007f\u0085'],
  ['😀\ud83d!\ude00', '😀_xD83D_!_xDE00_'],
  ['_x000D_ _x12 _xabcd', '_x005F_x000D_ _x12 _x005F_xabcd'],
])('in a cell %j is %j', (text, xml) => {
  expect(cellXml(text)).toBe(xml)
})

test.each([
  ['<a & "b">', '&lt;a &amp; &quot;b&quot;&gt;'],
  ['a\r\nb\nc\rd\te', 'a&#10;b&#10;c&#10;d&#9;e'],
  ['a\u0000\ud800\uffffb', 'ab'],
  ['😀_x000D_', '😀_x000D_'],
])('in an attribute %j is %j', (text, xml) => {
  expect(attributeXml(text)).toBe(xml)
})

test.each([
  ['a b', false],
  [' a', true],
  ['a\u3000', true],
  ['a\nb', true],
  ['', false],
])('%j needs its blanks preserved: %s', (text, needs) => {
  expect(needsPreserve(text)).toBe(needs)
})

test('cuts between characters', () => {
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abcd', 3)).toBe('abc')
  expect(cut('ab😀', 3)).toBe('ab')
})
