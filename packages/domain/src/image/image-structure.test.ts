import { describe, expect, it } from 'vitest'
import { structureFault } from './image-structure.ts'

const text = (value: string): number[] => [...new TextEncoder().encode(value)]
const length4 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const chunk = (type: string, data: number[] = []): number[] => [
  ...length4(data.length),
  ...text(type),
  ...data,
  0,
  0,
  0,
  0,
]
const png = (...parts: number[][]): Uint8Array =>
  Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...parts.flat()])
const HEAD = chunk('IHDR', Array(13).fill(1))
const DATA = chunk('IDAT', [1, 2, 3])
const TAIL = chunk('IEND')

const segment = (marker: number, data: number[] = []): number[] => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 255,
  ...data,
]
const jpeg = (...parts: number[][]): Uint8Array => Uint8Array.from([0xff, 0xd8, ...parts.flat()])
const SCAN = [...segment(0xda, [1, 0]), 7, 0xff, 0x00, 8, 0xff, 0xd0, 9]
const END = [0xff, 0xd9]

describe('SEC-011 一张图，完整，后面没有别的', () => {
  it.each<[string, Uint8Array, string | undefined]>([
    ['完整', png(HEAD, DATA, TAIL), undefined],
    ['末尾补零', png(HEAD, DATA, TAIL, [0, 0, 0]), undefined],
    ['动图', png(HEAD, chunk('acTL', Array(8).fill(0)), DATA, TAIL), 'animated'],
    ['没有结尾', png(HEAD, DATA), 'damaged'],
    ['长度超出文件', png(HEAD, [0xff, 0xff, 0xff, 0xff, ...text('IDAT'), 1, 2, 3, 4, 5]), 'damaged'],
    ['结尾自称还有内容', png(HEAD, [...length4(9), ...text('IEND'), 0, 0, 0, 0]), 'damaged'],
    ['后面接压缩包', png(HEAD, DATA, TAIL, [0x50, 0x4b, 3, 4]), 'trailing'],
    ['后面接网页', png(HEAD, DATA, TAIL, text('<script>')), 'trailing'],
    ['只有签名', png(), 'damaged'],
  ])('PNG %s', (_name, bytes, fault) => expect(structureFault(bytes, 'png')).toBe(fault))

  it.each<[string, Uint8Array, string | undefined]>([
    ['完整', jpeg(segment(0xe0, [1, 2]), SCAN, END), undefined],
    ['渐进式:多次扫描', jpeg(segment(0xc2, [1]), SCAN, segment(0xc4, [2]), SCAN, END), undefined],
    ['填充字节', jpeg([0xff], segment(0xe0, [1]), SCAN, [0xff], END), undefined],
    ['附注里有结束标记', jpeg(segment(0xfe, END), SCAN, END), undefined],
    ['末尾补零', jpeg(SCAN, END, [0, 0]), undefined],
    ['手机的第二张图', jpeg(SCAN, END, [0xff, 0xd8, 0xff, 1]), undefined],
    ['手机的短片', jpeg(SCAN, END, [0, 0, 0, 24, ...text('ftypmp42')]), undefined],
    ['手机的附注', jpeg(SCAN, END, [1, 2, 3, ...text('SEFT')]), undefined],
    ['后面接压缩包', jpeg(SCAN, END, [0x50, 0x4b, 3, 4]), 'trailing'],
    ['后面接网页', jpeg(SCAN, END, text('<html>')), 'trailing'],
    ['后面接程序', jpeg(SCAN, END, text('MZ')), 'trailing'],
    ['没有结尾', jpeg(segment(0xe0), SCAN), 'damaged'],
    ['段长超出文件', jpeg([0xff, 0xe0, 0xff, 0xff, 1]), 'damaged'],
    ['段长没有写完', jpeg([0xff, 0xe0, 1]), 'damaged'],
    ['只有开头', jpeg(), 'damaged'],
  ])('JPEG %s', (_name, bytes, fault) => expect(structureFault(bytes, 'jpeg')).toBe(fault))
})
