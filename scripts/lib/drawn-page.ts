import { crc32, deflateSync } from 'node:zlib'

const [WIDTH, HEIGHT] = [360, 500]

/** A sheet with lines like writing and a stamp, as a PNG: evidence for invented children, and nobody's document. */
export function drawnPage(): Uint8Array {
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const row = Buffer.alloc(1 + WIDTH * 3, 0xf7)
    row[0] = 0
    for (let x = 0; x < WIDTH; x++) {
      const line = y > 50 && y < 330 && y % 24 < 6 && x > 36 && x < 240 + ((y * 7) % 90)
      const ring = Math.abs(Math.hypot(x - 270, y - 410) - 44) < 3
      if (line) row.fill(0x33, 1 + x * 3, 4 + x * 3)
      if (ring) row.set([0xc0, 0x39, 0x2b], 1 + x * 3)
    }
    return row
  })
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  // Eight bits, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(named.length + 8)
  frame.writeUInt32BE(content.length, 0)
  named.copy(frame, 4)
  frame.writeUInt32BE(crc32(named), named.length + 4)
  return frame
}
