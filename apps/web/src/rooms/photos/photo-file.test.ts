import { expect, it } from 'vitest'
import { whyNotPhoto } from './photo-file.ts'

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)

it.each<[string, number, Uint8Array, RegExp | undefined]>([
  ['甲.jpg', 61_439, JPEG, undefined],
  ['甲.JPEG', 1, JPEG, undefined],
  ['甲.jpg', 61_440, JPEG, /小于 60KB/],
  ['甲.png', 1, JPEG, /须为 jpg/],
  ['甲.jpg', 1, Uint8Array.of(0x89, 0x50), /不是 jpg/],
])('PHO-004 %s，%i 字节', (name, size, head, why) => {
  const said = whyNotPhoto({ name, size }, head)
  if (why) expect(said).toMatch(why)
  else expect(said).toBeUndefined()
})
