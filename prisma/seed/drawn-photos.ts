import sharp from 'sharp'
import { createChance } from './random.ts'

const HAIR = ['#2b2320', '#3a2f2a', '#1f1b1a', '#4a3a30']
const CLOTHES = ['#f4f4f4', '#2f5d8c', '#b5473c', '#3f7a54', '#e3c04d']
const SKIN = ['#f0d0b4', '#e8c3a2', '#f5dcc4']

/** A drawn figure on the blue ground of PHO-001, without a face: nobody's photograph. A seed draws the same one for ever; JPEG, below 60 KB. */
export function drawPhoto(seed: number, width = 358, height = 441): Promise<Buffer> {
  const chance = createChance(seed)
  const [hair, clothes, skin] = [chance.pick(HAIR), chance.pick(CLOTHES), chance.pick(SKIN)]
  const long = chance.next() < 0.5
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 358 441" width="${width}" height="${height}" preserveAspectRatio="none">
    <rect width="358" height="441" fill="rgb(67,142,219)"/>
    <path d="M40 441 Q50 345 130 330 L228 330 Q308 345 318 441 Z" fill="${clothes}"/>
    <rect x="152" y="285" width="54" height="62" rx="22" fill="${skin}"/>
    ${long ? `<rect x="84" y="150" width="190" height="190" rx="70" fill="${hair}"/>` : ''}
    <ellipse cx="179" cy="205" rx="84" ry="104" fill="${skin}"/>
    <path d="M88 205 Q80 86 179 84 Q278 86 270 205 Q262 140 179 ${130 + chance.between(0, 20)} Q96 140 88 205 Z" fill="${hair}"/>
  </svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer()
}
