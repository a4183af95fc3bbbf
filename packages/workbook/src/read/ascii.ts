/**
 * The bytes that XML and spreadsheets are made of. Take them into constants of the module that uses them:
 *
 *     const { LT, GT } = ASCII
 *
 * An imported constant is looked up at every use, which makes the hot loops a third slower where code is not bundled.
 */
export const ASCII = {
  CR: 0x0d,
  SPACE: 0x20,
  BANG: 0x21,
  QUOTE: 0x22,
  AMP: 0x26,
  APOSTROPHE: 0x27,
  DASH: 0x2d,
  SLASH: 0x2f,
  ZERO: 0x30,
  NINE: 0x39,
  COLON: 0x3a,
  LT: 0x3c,
  EQUALS: 0x3d,
  GT: 0x3e,
  QUESTION: 0x3f,
  UPPER_A: 0x41,
  UPPER_Z: 0x5a,
  OPEN_BRACKET: 0x5b,
  CLOSE_BRACKET: 0x5d,
  UNDERSCORE: 0x5f,
  LOWER_B: 0x62,
  LOWER_C: 0x63,
  LOWER_D: 0x64,
  LOWER_E: 0x65,
  LOWER_I: 0x69,
  LOWER_P: 0x70,
  LOWER_R: 0x72,
  LOWER_S: 0x73,
  LOWER_T: 0x74,
  LOWER_V: 0x76,
  LOWER_X: 0x78,
} as const
