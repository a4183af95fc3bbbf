import { scanXml } from './xml-text.ts'

/**
 * The text of an <si> or <is> element: its own <t>, or the runs of rich text joined. Phonetic readings (<rPh>), which
 * East Asian input methods leave behind a name, are not part of it.
 */
export function richText(xml: string): string {
  let text = ''
  let inText = false
  let phonetic = 0
  scanXml(xml, {
    open: (name) => {
      if (name === 'rPh') phonetic++
      else if (name === 't') inText = phonetic === 0
    },
    close: (name) => {
      if (name === 'rPh') phonetic--
      else if (name === 't') inText = false
    },
    text: (piece) => {
      if (inText) text += piece
    },
  })
  return text
}
