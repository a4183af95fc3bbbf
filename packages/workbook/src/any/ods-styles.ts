import { DATE, DATE_TIME, DURATION, type NumberKind, TIME } from '../read/number-format.ts'
import type { XmlAttributes } from '../read/xml-text.ts'

/** What the styles before the sheets say: how cells show numbers as days, and which sheets are hidden. Fed with the start tags. */
export class OdsStyles {
  /** A cell of value type 'float' with such a style is a day nevertheless; programs other than LibreOffice write those. */
  readonly kinds = new Map<string, NumberKind>()
  readonly hiddenSheets = new Set<string>()
  epoch1904 = false
  private readonly formats = new Map<string, NumberKind>()
  private format = ''
  private style = ''

  /** The elements `enter` wants to see. */
  static readonly NAMES: ReadonlySet<string> = new Set([
    'date-style',
    'time-style',
    'hours',
    'style',
    'table-properties',
    'null-date',
  ])

  enter(name: string, attributes: XmlAttributes): void {
    if (name === 'style') this.enterStyle(attributes)
    else if (name === 'hours') {
      if (this.formats.get(this.format) === DATE) this.formats.set(this.format, DATE_TIME)
    } else if (name === 'table-properties') {
      if (attributes.get('display') === 'false') this.hiddenSheets.add(this.style)
    } else if (name === 'null-date') this.epoch1904 = attributes.get('date-value') === '1904-01-01'
    else {
      this.format = attributes.get('name') ?? ''
      const time = attributes.get('truncate-on-overflow') === 'false' ? DURATION : TIME
      this.formats.set(this.format, name === 'date-style' ? DATE : time)
    }
  }

  private enterStyle(attributes: XmlAttributes): void {
    this.style = attributes.get('name') ?? ''
    const kind = this.formats.get(attributes.get('data-style-name') ?? '')
    if (kind !== undefined) this.kinds.set(this.style, kind)
  }
}
