import { describe, expect, it } from 'vitest'
import { portableCodec } from '../codec/portable-codec.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { type ArchiveFile, type ArchiveLimits, openArchive } from './open-archive.ts'

const open = async (entries: readonly TinyEntry[], limits?: ArchiveLimits): Promise<readonly ArchiveFile[]> => {
  const opened = await openArchive(tinyZip(entries), nodeCodec, limits)
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.files
}
const refusalOf = (entries: readonly TinyEntry[], limits?: ArchiveLimits): Promise<string> =>
  open(entries, limits).then(
    () => 'opened',
    (error: Error) => error.message,
  )
const PLAIN: TinyEntry = { name: 'a.jpg', data: 'picture' }

describe('openArchive', () => {
  it.each([
    ['node', nodeCodec],
    ['portable', portableCodec],
  ])('hands out files by name, folders left out: %s', async (_name, codec) => {
    const opened = await openArchive(
      tinyZip([
        { name: '一班/', data: '' },
        { name: '一班/甲.jpg', data: 'picture' },
        { ...PLAIN, stored: true },
      ]),
      codec,
    )
    const files = opened.ok ? opened.files : []
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ['一班/甲.jpg', 7],
      ['a.jpg', 7],
    ])
    for (const file of files) expect(new TextDecoder().decode((await file.read(7)) as Uint8Array)).toBe('picture')
  })

  it('reads names as Windows in China writes them', async () => {
    // 张三.jpg in GBK.
    const nameBytes = Uint8Array.of(0xd5, 0xc5, 0xc8, 0xfd, 0x2e, 0x6a, 0x70, 0x67)
    expect((await open([{ ...PLAIN, nameBytes }]))[0]!.name).toBe('张三.jpg')
  })

  it('a file larger than asked for, or another than declared, is refused by itself', async () => {
    const [fits, forged] = await open([PLAIN, { name: 'b.jpg', data: 'x', declaredCrc: 1 }])
    expect(await fits!.read(6)).toEqual({ refused: { code: 'tooLarge', detail: 'a.jpg' } })
    expect(await forged!.read(100)).toEqual({ refused: { code: 'damaged', detail: 'b.jpg' } })
    const [bomb] = await open([{ name: 'c.jpg', data: new Uint8Array(100_000), declaredSize: 10 }])
    expect(await bomb!.read(100)).toMatchObject({ refused: { code: 'damaged' } })
  })

  it.each<[string, readonly TinyEntry[], ArchiveLimits | undefined, string]>([
    ['too many', [PLAIN, { name: 'b.jpg', data: 'x' }], { entries: 1 }, 'tooManyEntries'],
    ['too large', [PLAIN], { uncompressedBytes: 6 }, 'tooLarge'],
    ['packed too well', [{ name: 'a', data: new Uint8Array(5_000_000) }], undefined, 'ratio'],
    ['encrypted', [{ ...PLAIN, flags: 1 }], undefined, 'encrypted'],
    ['one name twice', [PLAIN, { ...PLAIN, name: 'A.JPG' }], undefined, 'damaged'],
    ['overlapping', [PLAIN, { name: 'b.jpg', data: 'x', declaredOffset: 0 }], undefined, 'damaged'],
  ])('the whole is refused: %s', async (_title, entries, limits, code) => {
    expect(await refusalOf(entries, limits)).toBe(code)
  })

  it('what is no zip is refused', async () => {
    expect(await openArchive(new Uint8Array(10), nodeCodec)).toEqual({ ok: false, refusal: { code: 'truncated' } })
  })
})
