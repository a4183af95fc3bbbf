import sharp from 'sharp'

/** A drawn page with text-like lines and a stamp: nobody's document. Sides in pixels. */
export const drawnPage = (width: number, height: number): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <rect width="100%" height="100%" fill="#f7f5ee"/>
  ${Array.from({ length: 12 }, (_, line) => `<rect x="8%" y="${10 + line * 6}%" width="${60 + ((line * 7) % 24)}%" height="1.6%" fill="#333"/>`).join('')}
  <circle cx="76%" cy="82%" r="9%" fill="none" stroke="#c0392b" stroke-width="${Math.max(2, width / 80)}"/>
</svg>`)

/** The page as a JPEG, with the metadata a telephone would write when `withTraces`. */
export function drawnJpeg(width = 800, height = 1100, withTraces = false): Promise<Buffer> {
  const image = sharp(drawnPage(width, height)).flatten({ background: '#fff' })
  const traced = withTraces
    ? image.withExif({ IFD0: { Artist: 'SECRET-ARTIST' }, IFD3: { GPSLatitude: '24/1 48/1 0/1' } }).withXmp(XMP)
    : image
  return traced.jpeg({ quality: 88 }).toBuffer()
}

/** The page as a PNG. */
export const drawnPng = (width = 800, height = 1100): Promise<Buffer> =>
  sharp(drawnPage(width, height)).png().toBuffer()

const XMP =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="SECRET-XMP"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
